import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { HandoffError, isJsonObject } from '@handoff/contracts';
import type { Log } from '../log.js';
import { processIdentity } from './process-identity.js';

/** Who runs, and who started it: enough to tell a running system from what a killed one left behind. */
export interface PidRecord {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
  readonly ownerPid: number;
  readonly ownerIdentity: string;
}

export class AlreadyRunningError extends HandoffError {
  readonly code = 'ALREADY_RUNNING';
  constructor(record: PidRecord, file: string) {
    super(
      `${record.name} is already running here (process ${record.pid}${record.pid === record.ownerPid ? '' : `, started by process ${record.ownerPid}`}). ` +
        `Stop that one first (Ctrl-C where it runs, or kill ${record.ownerPid}), or set HANDOFF_HOME to another folder than the one of ${file}.`,
    );
  }
}

export async function writePidFile(file: string, name: string, pid: number): Promise<void> {
  const record: PidRecord = {
    name,
    pid,
    identity: processIdentity(pid) ?? '',
    ownerPid: process.pid,
    ownerIdentity: processIdentity(process.pid) ?? '',
  };
  await writeFile(file, JSON.stringify(record));
}

/**
 * Ends what an earlier start left running because it was itself killed.
 * @throws AlreadyRunningError when the earlier start still runs
 */
export async function endOrphan(file: string, log: Log, ask: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const record = await readPidFile(file);
  if (record && processIdentity(record.pid) === record.identity) {
    if (processIdentity(record.ownerPid) === record.ownerIdentity) throw new AlreadyRunningError(record, file);
    log(`${record.name} (process ${record.pid}) was left running by a start that was killed; ending it`);
    await endByPid(record, ask);
  }
  await rm(file, { force: true });
}

async function endByPid(record: PidRecord, ask: NodeJS.Signals): Promise<void> {
  for (const [signal, waitSeconds] of [
    [ask, 15],
    ['SIGKILL', 5],
  ] as const) {
    process.kill(record.pid, signal);
    for (const until = Date.now() + waitSeconds * 1000; Date.now() < until; await sleep(50)) {
      if (processIdentity(record.pid) !== record.identity) return;
    }
  }
}

async function readPidFile(file: string): Promise<PidRecord | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isPidRecord(value) ? value : null;
  } catch {
    return null; // not there, or cut short by the very crash that it would tell about: Postgres and Kafka hold locks of their own
  }
}

function isPidRecord(value: unknown): value is PidRecord {
  return (
    isJsonObject(value) &&
    ['name', 'identity', 'ownerIdentity'].every((field) => typeof value[field] === 'string') &&
    ['pid', 'ownerPid'].every((field) => Number.isInteger(value[field]))
  );
}
