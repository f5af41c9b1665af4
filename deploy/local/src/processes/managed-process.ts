import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HandoffError, type Seconds } from '@handoff/contracts';
import { writePidFile } from './pid-file.js';

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Both output streams are appended to it; it goes on being written when this process is gone. */
  readonly logFile: string;
  readonly pidFile: string;
  /** Runs as this user; only root can ask for it. */
  readonly user?: RunAs | null;
}

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Asked first, then told: each signal with the time that it is given to work. */
export type StopSteps = readonly (readonly [NodeJS.Signals, Seconds])[];

export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Resolves once, however the process ended. */
  readonly exited: Promise<Exit>;
  hasExited(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Does nothing when the process is gone. */
  stop(steps: StopSteps): Promise<Exit>;
  lastLines(count?: number): Promise<string>;
}

export class ProcessStartError extends HandoffError {
  readonly code = 'PROCESS_NOT_STARTED';
  constructor(name: string, command: string, cause: unknown) {
    super(`${name} could not be started: "${command}" did not run. Check that it is installed and may be executed.`, { cause });
  }
}

/** Starts a program in a process group of its own: Ctrl-C reaches only this process, which then stops the others in order. */
export async function startProcess(options: ProcessOptions): Promise<ManagedProcess> {
  await mkdir(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(options.command, options.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...options.user,
    });
    const exited = exitOf(child);
    running.add(child);
    void exited.then(() => running.delete(child));
    await once(child, 'spawn'); // rejects on the child's `error`
    await writePidFile(options.pidFile, options.name, pidOf(child));
    void exited.then(() => rm(options.pidFile, { force: true }));
    return manage(options, child, exited);
  } catch (error) {
    throw new ProcessStartError(options.name, options.command, error);
  } finally {
    closeSync(log);
  }
}

const running = new Set<ChildProcess>();

/** The last resort, when this process ends without having stopped them: asked to stop, they end by themselves. */
process.on('exit', () => endAll('SIGTERM'));

/** Signals everything that was started here and still runs; whoever cannot wait any longer uses SIGKILL. */
export function endAll(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

function manage(options: ProcessOptions, child: ChildProcess, exited: Promise<Exit>): ManagedProcess {
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    name: options.name,
    pid: pidOf(child),
    logFile: options.logFile,
    exited,
    hasExited,
    signal: (signal) => void child.kill(signal),
    stop: async (steps) => {
      for (const [signal, wait] of steps) {
        if (hasExited()) break;
        child.kill(signal);
        await within(exited, wait);
      }
      return exited;
    },
    lastLines: (count = 15) => lastLines(options.logFile, count),
  };
}

async function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The process has no pid.');
  return child.pid;
}

/** Waits for a promise, but no longer than that; the timer does not keep the process alive once it is answered. */
export async function within<T>(promise: Promise<T>, wait: Seconds): Promise<T | 'timeout'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'timeout'>((resolve) => (timer = setTimeout(resolve, wait * 1000, 'timeout')));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A JSON log line may hold a whole stack; its beginning says what it is about. */
const LINE = 400;

/** The end of a log, for the sentence that says why something did not start. */
export async function lastLines(file: string, count: number): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-count);
  return lines.map((line) => (line.length > LINE ? `${line.slice(0, LINE)} …` : line)).join('\n');
}
