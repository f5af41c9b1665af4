/**
 * `npm run check:dashboards`: starts the whole system and a real Prometheus beside it, lets packets flow, and asks every query of every
 * panel and every rule. Each must return data, or be of a metric that is named below, with the reason why it is silent here.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { freePort, silent, startSystem } from '../deploy/local/dist/index.js';
import { packetsToSend, runOnce } from '../deploy/local/dist/once/run-once.js';
import { command, say } from '../deploy/local/prepare.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SCRAPE_SECONDS = 1;
const WAIT_SECONDS = 40;

/** What a healthy run of a minute has none of. */
const SILENT = new Map([
  ['handoff_batch_failures_total', 'no batch failed'],
  ['handoff_records_dead_lettered_total', 'every record could be taken'],
  ['handoff_records_skipped_total', 'Kafka delivered nothing twice'],
  ['handoff_unattended_total', 'somebody was left to ask'],
  ['handoff_levels_skipped_total', 'somebody was on duty at each level'],
  ['handoff_requests_asked_total', 'no agent took back or added to what it asked'],
  ['handoff_requests_settled_total', 'no agent took back or added to what it asked'],
  ['handoff_answers_too_late_total', 'nobody answered what was decided'],
  ['handoff_rows_cleaned_total', 'nothing is old enough'],
  ['handoff_time_to_acknowledge_seconds_bucket', 'whoever answers at once does not say before that she will'],
  ['handoff_clock_lateness_seconds_bucket', 'all was decided before a clock was due'],
  ['handoff_clocks_fired_total', 'all was decided before a clock was due'],
  ['handoff_copies_updated_total', 'mail and webhooks of the sample people are not brought up to date'],
]);

async function queriesOfPanels() {
  const folder = join(ROOT, 'deploy/grafana/dashboards');
  const boards = await Promise.all((await readdir(folder)).map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8'))));
  return boards.flatMap(({ title: board, panels }) =>
    panels.flatMap(({ title, datasource, targets = [] }) =>
      datasource?.type === 'prometheus' ? targets.map(({ expr }) => ({ where: `${board} / ${title}`, expr })) : [],
    ),
  );
}

/** Of a recording, what it records; an alert is silent where all is well, so of it the metrics that it looks at. */
async function queriesOfRules() {
  const folder = join(ROOT, 'deploy/prometheus/rules');
  const files = await Promise.all((await readdir(folder)).map(async (file) => parse(await readFile(join(folder, file), 'utf8'))));
  const rules = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  return rules.flatMap(({ record, alert, expr }) =>
    record ? [{ where: record, expr: record }] : namesIn(expr).map((name) => ({ where: alert, expr: `count(${name})` })),
  );
}

const namesIn = (expr) =>
  [...new Set(expr.match(/\b(handoff_[a-z_]+|slo:[a-z_:0-9]+)\b/g))].filter((name) => !name.startsWith('handoff_slo'));

/** @param jobs targets by the name of their job */
async function startPrometheus(folder, jobs) {
  const port = await freePort();
  const config = {
    global: { scrape_interval: `${SCRAPE_SECONDS}s`, evaluation_interval: `${SCRAPE_SECONDS}s` },
    rule_files: [join(ROOT, 'deploy/prometheus/rules/*.yml')],
    scrape_configs: Object.entries(jobs).map(([job_name, targets]) => ({ job_name, static_configs: [{ targets }] })),
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config)); // JSON is YAML
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
  const server = spawn('prometheus', [...args, '--enable-feature=exemplar-storage', '--log.level=warn'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => server.kill() };
}

async function hasData(url, expr) {
  const query = expr.replaceAll('$__rate_interval', '1m');
  const answer = await (await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`)).json();
  if (answer.status !== 'success') throw new Error(`${query}: ${answer.error}`);
  return answer.data.result.length > 0;
}

/** One that an agent got wrong, and one that it sends twice. */
async function publishOddities(system, packet) {
  const producer = system.kafka('handoff-odd-agent').producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const twice = JSON.stringify({ ...packet, task_id: 'sent-twice' });
  const messages = [twice, twice, '{"not":"a packet"}'].map((value) => ({ value }));
  await producer.send({ topic: `${system.topicPrefix}handoff.escalations`, messages });
  await producer.disconnect();
}

/** In this run nobody else asks some of the services over HTTP; without a key they say no, which is an answer. */
const askEach = (system) => Promise.all(Object.values(system.urls).map((url) => fetch(`${url}/v1/handoffs`)));

await command(async () => {
  if (spawnSync('prometheus', ['--version']).status !== 0) {
    say('Skipped: there is no Prometheus on this machine (Debian: apt-get install prometheus).');
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'handoff-dashboards-'));
  const stops = [() => rm(folder, { recursive: true, force: true })];
  try {
    say('Starting the system and Prometheus …');
    const system = await startSystem({ stateDir: join(folder, 'system'), log: silent, replicas: 2, canary: { CANARY_EVERY_SECONDS: '5' } });
    stops.unshift(() => system.stop());
    const targets = Object.values(system.services).flatMap(({ replicas }) => replicas.map(({ url }) => new URL(url).host));
    const prometheus = await startPrometheus(folder, { handoff: targets, 'handoff-canary': [new URL(system.canary.url).host] });
    stops.unshift(async () => prometheus.stop());
    const packets = await packetsToSend(null);
    const once = { packets, log: say, signal: new AbortController().signal };
    await runOnce(system, once);
    await publishOddities(system, packets.packets[0]);
    await askEach(system);
    await runOnce(system, once); // what the first made a series of grows now, and has a rate

    const asked = [...(await queriesOfPanels()), ...(await queriesOfRules())];
    let empty = asked;
    for (const until = Date.now() + WAIT_SECONDS * 1000; empty.length > 0 && Date.now() < until; await sleep(2000)) {
      const found = await Promise.all(empty.map(({ expr }) => hasData(prometheus.url, expr)));
      empty = empty.filter((_, at) => !found[at]).filter(({ expr }) => !namesIn(expr).some((name) => SILENT.has(name)));
    }
    const listed = asked.filter(({ expr }) => namesIn(expr).some((name) => SILENT.has(name))).length;
    for (const { where, expr } of empty) console.error(`Nothing comes back: ${where}: ${expr}`);
    console.log(
      `${asked.length} queries: ${asked.length - empty.length - listed} return data, ${listed} are of what a healthy run has none of, ${empty.length} are empty.`,
    );
    return empty.length === 0 ? 0 : 1;
  } finally {
    for (const stop of stops) await stop();
  }
});
