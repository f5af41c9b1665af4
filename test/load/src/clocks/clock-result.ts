import type { Machine } from '../result.js';
import type { Table } from '../tables.js';
import type { Firing, Lateness } from './lateness.js';
import type { BacklogRun } from './run-backlog.js';
import type { EvenRun } from './run-evenly.js';

export interface ClockRuns {
  readonly alone: EvenRun;
  /** With so many armed beside them. */
  readonly beside: EvenRun;
  readonly backlog: BacklogRun;
  readonly replicas: Readonly<Record<string, EvenRun>>;
}

/** The one line of `--json`. The first six are of the run with the armed ones beside it; what fired twice is of all runs. */
export interface ClockResult {
  readonly due: number;
  readonly fired: number;
  readonly fired_twice: number;
  readonly lateness_ms: Lateness;
  readonly armed: number;
  readonly backlog_seconds: number;
  readonly runs: ClockRuns;
  readonly machine: Omit<Machine, 'seconds_per_level'>;
}

export function toClockResult(runs: ClockRuns, armed: number, machine: ClockResult['machine']): ClockResult {
  const { alone, beside, backlog, replicas } = runs;
  const all: readonly Firing[] = [alone, beside, backlog, backlog.fresh, ...Object.values(replicas)];
  const { due, fired, lateness_ms } = beside;
  const fired_twice = all.reduce((sum, it) => sum + it.fired_twice, 0);
  return { due, fired, fired_twice, lateness_ms, armed, backlog_seconds: backlog.seconds, runs, machine };
}

export function clockTables({ runs, armed }: ClockResult): readonly Table[] {
  const { alone, beside, backlog, replicas } = runs;
  const even: readonly (readonly [string, EvenRun])[] = [
    ['one replica', alone],
    [`one replica, ${armed} armed beside`, beside],
    ...Object.entries(replicas).map(([count, run]) => [`${count} replicas`, run] as const),
  ];
  return [
    [
      ['clocks due', 'due / fired / twice', 'due → topic: p50 / p99 / max ms', 'due → fired_at', 'CPU-s: sla-monitor, Postgres'],
      ...even.map(([name, run]) => [...rowOf(name, run), `${run.cpu_seconds.sla_monitor}, ${run.cpu_seconds.postgres}`]),
      [...rowOf('while a backlog is worked off', backlog.fresh), ''],
    ],
    [
      ['backlog', 'fired / twice', 'out of turn', 'seconds from the start of the process', 'from its first event'],
      [
        ...[`${backlog.due} overdue`, `${backlog.fired} / ${backlog.fired_twice}`, String(backlog.out_of_turn)],
        ...[String(backlog.seconds), String(backlog.seconds_since_first)],
      ],
    ],
  ];
}

const rowOf = (name: string, { due, fired, fired_twice, lateness_ms, lateness_to_fired_ms }: Firing): readonly string[] => [
  ...[name, `${due} / ${fired} / ${fired_twice}`, spreadOf(lateness_ms), spreadOf(lateness_to_fired_ms)],
];
const spreadOf = ({ p50, p99, max }: Lateness): string => `${p50} / ${p99} / ${max}`;
