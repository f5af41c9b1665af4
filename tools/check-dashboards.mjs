/**
 * `npm run check:dashboards`: starts the whole system and a real Prometheus beside it, lets packets flow, and asks every query of every
 * panel and every rule. Each must return data, or be of a metric that is named below, with the reason why it is silent here.
 * With `--draw` it draws what it saw into docs/DASHBOARDS.md.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { AGENT, DEFAULT_TENANT, signServiceToken } from '../libs/contracts/dist/index.js';
import { scrapeJobs, silent, startSystem } from '../deploy/local/dist/index.js';
import { packetsToSend, runOnce } from '../deploy/local/dist/once/run-once.js';
import { command, say } from '../deploy/local/prepare.mjs';
import { drawDocs } from './dashboards/draw-docs.mjs';
import { isPrometheusThere, now, startPrometheus } from './dashboards/prometheus.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const WAIT_SECONDS = 40;
/** Bursts of packets after the check, so that there is a course to see. */
const MORE_TO_DRAW = 5;

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
  ['handoff_model_info', 'no model is trained before there are 200 labelled handoffs'],
  ['handoff_advice_error_rate', 'nobody has told yet how a task ended that was advised about'],
  ['pg_stat_replication_pg_wal_lsn_diff', 'this Postgres has no replica'],
]);
/** What comes from programs that are not on every machine. */
const EXPORTED = { postgres: /^pg_/, node: /^node_/ };

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
  [...new Set(expr.match(/\b((?:handoff|kafka|pg|node)_[a-z0-9_]+|slo:[a-z_:0-9]+)\b/g))].filter((name) => !name.startsWith('handoff_slo'));

const isSilent = (expr, { exporters }) => {
  const away = Object.entries(EXPORTED).flatMap(([name, pattern]) => (exporters[name] === null ? pattern : []));
  return namesIn(expr).some((name) => SILENT.has(name) || away.some((pattern) => pattern.test(name)));
};

const hasData = async (url, expr) => (await now(url, expr)).length > 0;

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

/** As an agent's question comes to feedback through intake, which has checked the agent's key. */
async function askForAdvice(system, folder) {
  const secret = (await readFile(join(folder, 'system', 'secrets', 'service-token'), 'utf8')).trim();
  const claims = { subject: 'odd-agent', roles: [AGENT], tenant: DEFAULT_TENANT, audience: 'feedback' };
  const headers = { authorization: `Bearer ${signServiceToken(claims, secret)}`, 'content-type': 'application/json' };
  const { status } = await fetch(`${system.urls.feedback}/v1/advice`, { method: 'POST', headers, body: '{}' });
  if (status !== 200) throw new Error(`Feedback answered ${status} to a question for advice.`);
}

await command(async () => {
  if (!isPrometheusThere()) {
    say('Skipped: there is no Prometheus on this machine (Debian: apt-get install prometheus).');
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'handoff-dashboards-'));
  const stops = [() => rm(folder, { recursive: true, force: true })];
  try {
    say('Starting the system and Prometheus …');
    const system = await startSystem({
      stateDir: join(folder, 'system'),
      log: silent,
      replicas: 2,
      exporters: true,
      canary: { CANARY_EVERY_SECONDS: '5' },
    });
    for (const name of Object.keys(EXPORTED))
      if (system.exporters[name] === null) say(`prometheus-${name}-exporter is not on this machine: what it tells is not asked for.`);
    stops.unshift(() => system.stop());
    const begun = Date.now() / 1000;
    const prometheus = await startPrometheus(folder, scrapeJobs(system.services, system.canary, system.exporters));
    stops.unshift(async () => prometheus.stop());
    const packets = await packetsToSend(null);
    const once = { packets, log: say, signal: new AbortController().signal };
    await askForAdvice(system, folder);
    await runOnce(system, once);
    await publishOddities(system, packets.packets[0]);
    await askEach(system);
    await askForAdvice(system, folder);
    await runOnce(system, once); // what the first made a series of grows now, and has a rate

    const asked = [...(await queriesOfPanels()), ...(await queriesOfRules())];
    let empty = asked;
    for (const until = Date.now() + WAIT_SECONDS * 1000; empty.length > 0 && Date.now() < until; await sleep(2000)) {
      const found = await Promise.all(empty.map(({ expr }) => hasData(prometheus.url, expr)));
      empty = empty.filter((_, at) => !found[at]).filter(({ expr }) => !isSilent(expr, system));
    }
    const listed = asked.filter(({ expr }) => isSilent(expr, system)).length;
    for (const { where, expr } of empty) console.error(`Nothing comes back: ${where}: ${expr}`);
    console.log(
      `${asked.length} queries: ${asked.length - empty.length - listed} return data, ${listed} are of what a healthy run has none of, ${empty.length} are empty.`,
    );
    const isDrawn = process.argv.includes('--draw');
    for (let more = 0; isDrawn && more < MORE_TO_DRAW; more++) await runOnce(system, once);
    if (isDrawn) await drawDocs(prometheus.url, begun, Date.now() / 1000);
    return empty.length === 0 ? 0 : 1;
  } finally {
    for (const stop of stops) await stop();
  }
});
