import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HandoffError } from '@handoff/contracts';
import { handoffHome, logToStderr as log, type Log } from '@handoff/local';
import { FAULTS } from './faults/index.js';
import { readOptions, type FaultsOptions } from './options.js';
import { Random } from './random.js';
import type { RunResult } from './report/result.js';
import { tableOf } from './report/table.js';
import { Run } from './run.js';
import { InterruptedError } from './site/errors.js';
import { Stage } from './site/stage.js';

/** What `npm run faults` runs, once everything is installed and built. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.isList) return list();
    const result = await runAll(options);
    log(tableOf(result));
    log(
      `${result.handoffs} handoffs, ${result.invariants_broken.length} broken invariants; the draws were those of --seed ${result.seed}.`,
    );
    if (options.isJson) process.stdout.write(`${JSON.stringify(result)}\n`);
    return result.invariants_broken.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof HandoffError)) throw error;
    log(error.message);
    return 1;
  }
}

function list(): number {
  for (const { name, describe, short, full } of FAULTS)
    process.stdout.write(`${name.padEnd(24)} ${describe} (short ${short}, full ${full})\n`);
  return 0;
}

async function runAll(options: FaultsOptions): Promise<RunResult> {
  const home = handoffHome();
  await mkdir(home, { recursive: true });
  const stateDir = await mkdtemp(join(home, 'faults-'));
  const random = new Random(options.seed);
  log(`Starting Postgres, Kafka and two replicas of each service in ${stateDir}; seed ${options.seed} …`);
  const stage = await Stage.open(stateDir, random, log);
  let isBroken = true;
  try {
    const result = await Promise.race([new Run(stage, options, random, logWithTime).all(), interrupted()]);
    isBroken = result.invariants_broken.length > 0;
    return result;
  } finally {
    await stage.close();
    if (options.keeps || isBroken) log(`Logs and data are kept in ${stateDir}.`);
    else await rm(stateDir, { recursive: true, force: true });
  }
}

const logWithTime: Log = (line) => log(`${new Date().toISOString().slice(11, 19)} ${line}`);

const interrupted = async (): Promise<never> =>
  new Promise((_, fail) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => fail(new InterruptedError()));
  });
