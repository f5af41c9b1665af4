import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError, SERVICES } from '@handoff/contracts';
import { freePort, logToStderr as log, REPOSITORY, type System } from '@handoff/local';
import { startGenerator, type Generator } from './generator-process.js';
import { readOptions, type BenchOptions } from './options.js';
import type { LevelResult } from './orders.js';
import { round } from './percentiles.js';
import { databaseOf, inOwnSystem } from './own-system.js';
import { pidsIn } from './processes.js';
import { toResult, type BenchResult, type Machine } from './result.js';
import { markdown, tablesOf } from './tables.js';
import { writeDocs } from './write-docs.js';

/** Once, at the highest level, before anything counts: fresh processes run unoptimised code, at half the speed and less. */
const FIRST_WARM_UP_SECONDS = 20;
const WARM_UP_SECONDS = 5;
/** Its own code is fresh. */
const GIVEN_WARM_UP_SECONDS = 10;
const LIMIT_SECONDS = 4;
/** Between two levels: what the last one left (traces, outbox, feedback) is not the next one's. */
const REST_SECONDS = 3;
const WEBHOOK_PATH = '/webhook';

/** What `npm run bench` runs, once everything is installed and built. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    if (args[0] === 'clocks') return await clocks(args.slice(1));
    const options = readOptions(args);
    const result = await bench(options);
    for (const table of tablesOf(result)) log(`${markdown(table)}\n`);
    if (options.writes) await writeDocs(result);
    if (options.isJson) process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof HandoffError)) throw error;
    log(error.message);
    return 1;
  }
}

/** Loaded where it is asked for alone: this process's memory is one of the figures of the other bench. */
async function clocks(args: readonly string[]): Promise<number> {
  const { benchClocks } = await import('./clocks/bench-clocks.js');
  return benchClocks(args);
}

async function bench(options: BenchOptions): Promise<BenchResult> {
  const machine = machineNow(options);
  const receiverPort = await freePort();
  const generator = startGenerator();
  try {
    log('Starting Postgres, Kafka and the five services …');
    return await inOwnSystem({ env: { routing: policyOf(receiverPort) } }, (system) =>
      measure(system, generator, { receiverPort, options, machine }),
    );
  } finally {
    generator.stop();
  }
}

/** As `npm start` does, at its defaults; the policy alone is the bench's own, so that its webhooks come here. */
const policyOf = (receiverPort: number) => ({
  POLICY_FILE: join(REPOSITORY, 'test/load/policy.yaml'),
  BENCH_WEBHOOK_URL: `http://127.0.0.1:${receiverPort}${WEBHOOK_PATH}`,
});

interface Plan {
  readonly receiverPort: number;
  readonly options: BenchOptions;
  readonly machine: Machine;
}

async function measure(system: System, generator: Generator, { receiverPort, options, machine }: Plan): Promise<BenchResult> {
  const { brokers, topicPrefix, stateDir } = system;
  const databaseUrl = databaseOf(system);
  await untilKnown(system);
  const pids = { ...pidsIn(stateDir), catcher: process.pid };
  await generator.connect({ brokers, topicPrefix, databaseUrl, receiverPort, signInLink: system.signInLink('ana'), pids });
  const levels = new Map<number, LevelResult>();
  const most = Math.max(...options.concurrency);
  log(`Warming up the fresh processes for ${FIRST_WARM_UP_SECONDS} s …`);
  await generator.run({ kind: 'escalation', concurrency: most, warmUpSeconds: 0, seconds: FIRST_WARM_UP_SECONDS });
  for (const concurrency of options.concurrency) {
    log(`${concurrency} in flight: ${WARM_UP_SECONDS} s to warm up, ${options.seconds} s measured …`);
    const level = await generator.run({ kind: 'escalation', concurrency, warmUpSeconds: WARM_UP_SECONDS, seconds: options.seconds });
    log(`  ${level.perSecond} lifecycles per second, decision → agent p50 ${level.latency.decision_to_agent.p50} ms`);
    levels.set(concurrency, level);
    await sleep(REST_SECONDS * 1000);
  }
  const toAgent = async (kind: 'delegation' | 'transfer', what: string): Promise<LevelResult> => {
    log(`${most} tasks that ${what} in flight: ${GIVEN_WARM_UP_SECONDS} s to warm up, ${options.seconds} s measured …`);
    const level = await generator.run({ kind, concurrency: most, warmUpSeconds: GIVEN_WARM_UP_SECONDS, seconds: options.seconds });
    await sleep(REST_SECONDS * 1000);
    return level;
  };
  const delegations = await toAgent('delegation', 'a person gives to an agent');
  const transfers = await toAgent('transfer', 'an agent passes on to another');
  log('Stopping the services; what the machine does without them …');
  await Promise.all(SERVICES.map((service) => system.services[service].stop()));
  return toResult({ levels, toAgents: { at: most, delegations, transfers } }, await generator.limits(LIMIT_SECONDS), machine);
}

/** On a first start, the notifier is ready before it has heard from routing who there is. */
async function untilKnown(system: System): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(100)) {
    const { status } = await fetch(system.signInLink('ana'), { redirect: 'manual' });
    if (status === 303) return;
  }
  throw new Error('The desk has not heard of its people within 30 s.');
}

const machineNow = ({ seconds }: BenchOptions): Machine => ({
  at: new Date().toISOString(),
  cores: availableParallelism(),
  node: process.versions.node,
  seconds_per_level: seconds,
  load_average_before: round(loadavg()[0] ?? 0, 2),
});
