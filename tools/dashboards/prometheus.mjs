/** A Prometheus of our own for a check: it reads a running system each second, with the repository's rules. */
import { spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../deploy/local/dist/index.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCRAPE_SECONDS = 1;

export const isPrometheusThere = () => spawnSync('prometheus', ['--version']).status === 0;

/** @param jobs targets by the name of their job */
export async function startPrometheus(folder, jobs) {
  const port = await freePort();
  const config = {
    global: { scrape_interval: `${SCRAPE_SECONDS}s`, evaluation_interval: `${SCRAPE_SECONDS}s` },
    rule_files: [join(ROOT, 'deploy/prometheus/rules/*.yml')],
    scrape_configs: Object.entries(jobs).map(([job_name, targets]) => ({ job_name, static_configs: [{ targets }] })),
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config)); // JSON is YAML
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
  const server = spawn('prometheus', [...args, '--enable-feature=exemplar-storage', '--log.level=error'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => server.kill() };
}

const forScrapes = (expr) => expr.replaceAll('$__rate_interval', '1m');

/** @throws where it does not take the query */
export async function ask(url, path, parameters) {
  const answer = await (await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`)).json();
  if (answer.status !== 'success') throw new Error(`${parameters.query ?? path}: ${answer.error}`);
  return answer.data;
}

export const now = async (url, expr) => (await ask(url, 'query', { query: forScrapes(expr) })).result;

export async function overTime(url, expr, start, end, step) {
  return (await ask(url, 'query_range', { query: forScrapes(expr), start, end, step })).result;
}
