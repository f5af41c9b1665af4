import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const ROOT = new URL('../', import.meta.url);
/** Where metrics are named for people, Prometheus and Grafana. */
const NAMED_IN = [
  'README.md',
  'docs/*.md',
  'docs/runbooks/*.md',
  'services/*/README.md',
  'libs/*/README.md',
  'deploy/prometheus',
  'deploy/grafana',
];
/** Names that begin alike and are no metrics: roles, functions, fields, cookies. */
const OTHERS = /^handoff_(id|ids|now|session|intake|routing|sla_monitor|notifier|feedback)$/;

/** @returns a sentence for each name that no registry has */
export async function unknownMetrics(known) {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-co', '--exclude-standard', '--', ...NAMED_IN], { cwd: ROOT });
  const files = stdout.split('\n').filter(Boolean);
  const problems = [];
  for (const file of files) {
    const text = await readFile(new URL(file, ROOT), 'utf8').catch(() => '');
    for (const name of new Set(text.match(/\bhandoff_[a-z]+(?:_[a-z]+)*/g)))
      if (!known.has(name) && !OTHERS.test(name)) problems.push(`${file} names ${name}, which no service has.`);
  }
  return problems;
}
