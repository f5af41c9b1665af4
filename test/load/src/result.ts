import { LATENCIES, type Latency, type LevelResult, type Limits } from './orders.js';
import type { Percentiles } from './percentiles.js';

type ByLevel<T> = Readonly<Record<string, T>>;

/** The one line of `--json`. Levels are keys; CPU and memory stand for the highest of them, with the others beside it. */
export interface BenchResult {
  readonly lifecycles_per_second: ByLevel<number>;
  readonly latency_ms: Readonly<Record<Latency, ByLevel<Percentiles>>>;
  readonly cpu_seconds_per_1000: ByLevel<number>;
  readonly rss_mb: ByLevel<number>;
  readonly limits: Limits;
  /** Of tasks that a person gives to an agent: taken, delivered, approved. */
  readonly delegations: {
    readonly in_flight: number;
    readonly lifecycles_per_second: number;
    readonly latency_ms: Readonly<Record<Latency, Percentiles>>;
    readonly cpu_seconds_per_1000: ByLevel<number>;
  };
  readonly cpu_seconds_per_1000_by_level: ByLevel<ByLevel<number>>;
  readonly load_generator: { readonly cpu_seconds_per_1000: number; readonly rss_mb: number };
  readonly machine: Machine;
}

export interface Machine {
  readonly at: string;
  readonly cores: number;
  readonly node: string;
  readonly seconds_per_level: number;
  /** Of one minute, before anything was started: what else ran on the machine. */
  readonly load_average_before: number;
}

/** Escalations by how many were in flight; and tasks that were given to an agent. */
export interface Measured {
  readonly levels: ReadonlyMap<number, LevelResult>;
  readonly given: LevelResult & { readonly at: number };
}

export function toResult({ levels, given }: Measured, limits: Limits, machine: Machine): BenchResult {
  const by = <T>(pick: (level: LevelResult) => T): ByLevel<T> =>
    Object.fromEntries([...levels].map(([at, level]) => [String(at), pick(level)]));
  const highest = levels.get(Math.max(...levels.keys()));
  if (!highest) throw new RangeError('No level was measured.');
  const latency = Object.fromEntries(LATENCIES.map((name) => [name, by((level) => level.latency[name])])) as Record<
    Latency,
    ByLevel<Percentiles>
  >; // every one
  return {
    lifecycles_per_second: by(({ perSecond }) => perSecond),
    latency_ms: latency,
    cpu_seconds_per_1000: highest.cpuPer1000,
    rss_mb: highest.rssMb,
    limits,
    delegations: {
      in_flight: given.at,
      lifecycles_per_second: given.perSecond,
      latency_ms: given.latency,
      cpu_seconds_per_1000: given.cpuPer1000,
    },
    cpu_seconds_per_1000_by_level: by(({ cpuPer1000 }) => cpuPer1000),
    load_generator: { cpu_seconds_per_1000: highest.generator.cpuPer1000, rss_mb: highest.generator.rssMb },
    machine,
  };
}
