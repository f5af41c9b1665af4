import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError, SERVICES } from '@handoff/contracts';
import { freePort, handoffHome, logToStderr as log, REPOSITORY, startSystem, type System } from '@handoff/local';
import { startGenerator, type Generator } from './generator-process.js';
import { readOptions, type BenchOptions } from './options.js';
import type { LevelResult } from './orders.js';
import { round } from './percentiles.js';
import { pidsIn } from './processes.js';
import { toResult, type BenchResult, type Machine } from './result.js';
import { markdown, tablesOf } from './tables.js';
import { writeDocs } from './write-docs.js';

/** Once, at the highest level, before anything counts: fresh processes run unoptimised code, at half the speed and less. */
const FIRST_WARM_UP_SECONDS = 20;
const WARM_UP_SECONDS = 5;
const LIMIT_SECONDS = 4;
/** Between two levels: what the last one left (traces, outbox, feedback) is not the next one's. */
const REST_SECONDS = 3;
const WEBHOOK_PATH = '/webhook';

/** What `npm run bench` runs, once everything is installed and built. */
export async function main(args: readonly string[]): Promise<number> {
  try {
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

async function bench(options: BenchOptions): Promise<BenchResult> {
  const machine = machineNow(options);
  const home = handoffHome();
  await mkdir(home, { recursive: true });
  const stateDir = await mkdtemp(join(home, 'bench-')); // on the disk that `npm start` uses
  const generator = startGenerator();
  const stop = stopOnSignals();
  let system: System | null = null;
  try {
    const receiverPort = await freePort();
    system = await start(stateDir, receiverPort, stop.signal);
    return await Promise.race([measure(system, generator, { stateDir, receiverPort, options, machine }), rejectedOn(stop.signal)]);
  } finally {
    generator.stop();
    await system?.stop();
    await rm(stateDir, { recursive: true, force: true });
  }
}

/** As `npm start` does, at its defaults; the policy alone is the bench's own, so that its webhooks come here. */
async function start(stateDir: string, receiverPort: number, signal: AbortSignal): Promise<System> {
  log('Starting Postgres, Kafka and the five services …');
  const policy = {
    POLICY_FILE: join(REPOSITORY, 'test/load/policy.yaml'),
    BENCH_WEBHOOK_URL: `http://127.0.0.1:${receiverPort}${WEBHOOK_PATH}`,
  };
  return startSystem({ stateDir, signal, signIn: 'links', log, env: { routing: policy } });
}

interface Plan {
  readonly stateDir: string;
  readonly receiverPort: number;
  readonly options: BenchOptions;
  readonly machine: Machine;
}

async function measure(system: System, generator: Generator, { stateDir, receiverPort, options, machine }: Plan): Promise<BenchResult> {
  const { brokers, topicPrefix, databaseUrl } = system;
  if (databaseUrl === null) throw new BenchNeedsAdminError();
  await untilKnown(system);
  const pids = { ...pidsIn(stateDir), catcher: process.pid };
  await generator.connect({ brokers, topicPrefix, databaseUrl, receiverPort, signInLink: system.signInLink('ana'), pids });
  const levels = new Map<number, LevelResult>();
  log(`Warming up the fresh processes for ${FIRST_WARM_UP_SECONDS} s …`);
  await generator.run({ concurrency: Math.max(...options.concurrency), warmUpSeconds: 0, seconds: FIRST_WARM_UP_SECONDS });
  for (const concurrency of options.concurrency) {
    log(`${concurrency} in flight: ${WARM_UP_SECONDS} s to warm up, ${options.seconds} s measured …`);
    const level = await generator.run({ concurrency, warmUpSeconds: WARM_UP_SECONDS, seconds: options.seconds });
    log(`  ${level.perSecond} lifecycles per second, decision → agent p50 ${level.latency.decision_to_agent.p50} ms`);
    levels.set(concurrency, level);
    await sleep(REST_SECONDS * 1000);
  }
  log('Stopping the services; what the machine does without them …');
  await Promise.all(SERVICES.map((service) => system.services[service].stop()));
  return toResult(levels, await generator.limits(LIMIT_SECONDS), machine);
}

/** On a first start, the notifier is ready before it has heard from routing who there is. */
async function untilKnown(system: System): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(100)) {
    const { status } = await fetch(system.signInLink('ana'), { redirect: 'manual' });
    if (status === 303) return;
  }
  throw new Error('The desk has not heard of its people within 30 s.');
}

class BenchNeedsAdminError extends HandoffError {
  readonly code = 'BENCH_NEEDS_ADMIN';
  constructor() {
    super('The bench makes tables of its own; give it DATABASE_URL, or nothing at all, in place of five addresses.');
  }
}

const machineNow = ({ seconds }: BenchOptions): Machine => ({
  at: new Date().toISOString(),
  cores: availableParallelism(),
  node: process.versions.node,
  seconds_per_level: seconds,
  load_average_before: round(loadavg()[0] ?? 0, 2),
});

function stopOnSignals(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort(new InterruptedError()));
  return stop;
}

class InterruptedError extends HandoffError {
  readonly code = 'INTERRUPTED';
  constructor() {
    super('Stopped before everything was measured.');
  }
}

const rejectedOn = async (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true })); // our own reason
