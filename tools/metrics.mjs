/**
 * Writes docs/METRICS.md from the registries themselves. With `--check` it writes nothing and fails where what is checked in is not what
 * it would write, or where a card, runbook, rule or dashboard names a metric that no service has.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { metricsByPart, namesOnTheWire } from './metric-registries.mjs';
import { unknownMetrics } from './unknown-metrics.mjs';

const DOCS = new URL('../docs/METRICS.md', import.meta.url);

const HEAD = `# Metrics

Generated from the code by \`npm run metrics\`. Every series has \`service\` besides. Labels have few values each and are never an id, so that
ten thousand handoffs make no more series than ten. Names are those of the code; on the wire a counter ends in \`_total\`, and a histogram has
\`_bucket\`, \`_sum\` and \`_count\`. Histograms marked with a star lead to a trace: their buckets carry one as exemplar.

What is read from the database (\`handoff_open\`, \`handoff_audit_findings\`, \`handoff_outbox_oldest_seconds\`) is read every 15 seconds, and how
far a group is behind every 5, by each replica for the whole service. Replicas say the same, so the maximum counts and a sum means nothing.

Beside these each process has [prom-client](https://github.com/siimon/prom-client)'s own \`process_*\` and \`nodejs_*\`.
`;

const titles = { runtime: 'Every service' };
const cell = (text) => text.replaceAll('|', '\\|');

function lineOf({ name, type, help, labels, buckets, isTraced }) {
  const shape = type === 'histogram' ? `histogram${isTraced ? ' ★' : ''}, ${buckets.join(' ')}` : type;
  return `| \`${name}\` | ${shape} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${cell(help)} |`;
}

function sectionOf([part, metrics]) {
  const lines = metrics.toSorted((one, other) => one.name.localeCompare(other.name)).map(lineOf);
  return [`## ${titles[part] ?? part}`, '| metric | type | labels | meaning |\n| --- | --- | --- | --- |\n' + lines.join('\n')].join(
    '\n\n',
  );
}

const parts = await metricsByPart();
const path = DOCS.pathname;
const text = await format([HEAD, ...[...parts].map(sectionOf)].join('\n\n'), { ...(await resolveConfig(path)), filepath: path });
const before = await readFile(DOCS, 'utf8').catch(() => null);
const problems = await unknownMetrics(namesOnTheWire(parts));

if (process.argv.includes('--check') && before !== text)
  problems.push('docs/METRICS.md is not what the registries say. Run: npm run metrics');
else if (before !== text) await writeFile(DOCS, text);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
const count = [...parts.values()].reduce((sum, metrics) => sum + metrics.length, 0);
if (problems.length === 0) console.log(`docs/METRICS.md: ${count} metrics, and nothing else names another.`);
