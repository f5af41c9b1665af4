import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is measured, by the name it has in the results. */
export type Pids = Readonly<Record<string, number>>;

/** Processes of a state folder, from the files in which their starters keep their pids. */
export function pidsIn(stateDir: string): Pids {
  const files = readdirSync(stateDir).filter((file) => file.endsWith('.pid.json') && file !== 'system.pid.json');
  const pidOf = (file: string): number => (JSON.parse(readFileSync(join(stateDir, file), 'utf8')) as { readonly pid: number }).pid; // deploy/local's own
  return Object.fromEntries(files.map((file) => [file.replace('.pid.json', ''), pidOf(file)]));
}

/** CPU seconds that each process has used since it began; Postgres with its connections, those included that were closed meanwhile. */
export function cpuSeconds(pids: Pids): Record<string, number> {
  const all = readStats();
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [
      name,
      partsOf(name, pid, all).reduce((sum, it) => sum + it.seconds + (name === 'postgres' ? it.ofEnded : 0), 0),
    ]),
  );
}

/** Memory in MB, shared pages counted once among those that share them. */
export function memory(pids: Pids): Record<string, number> {
  const all = readStats();
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [
      name,
      Math.round(partsOf(name, pid, all).reduce((sum, it) => sum + megabytesOf(it.pid), 0)),
    ]),
  );
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  readonly seconds: number;
  /** Of children that have ended; they are the parent's from then on. */
  readonly ofEnded: number;
}

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function readStats(): readonly Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [parseStat(readFileSync(`/proc/${name}/stat`, 'utf8'))];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** The second field is a name in brackets that may hold anything; what follows the last bracket is numbers. */
export function parseStat(text: string): Stat {
  const [, parent = 0, ...rest] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = rest.slice(9);
  const [seconds, ofEnded] = [(user + system) / TICKS_PER_SECOND, (endedUser + endedSystem) / TICKS_PER_SECOND];
  return { pid: Number.parseInt(text), parent, seconds, ofEnded };
}

/** Postgres has a process for each connection; the others are one each. */
const partsOf = (name: string, pid: number, all: readonly Stat[]): readonly Stat[] =>
  all.filter((it) => it.pid === pid || (name === 'postgres' && it.parent === pid));

function megabytesOf(pid: number): number {
  const kilobytes = (file: string, field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
  try {
    return kilobytes('smaps_rollup', 'Pss') / 1024;
  } catch {
    return 0; // it has ended meanwhile
  }
}
