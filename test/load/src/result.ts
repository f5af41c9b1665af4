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
  readonly delegations: ToAgent;
  /** Of tasks that an agent passes on to another one, which takes them. */
  readonly transfers: ToAgent;
  readonly cpu_seconds_per_1000_by_level: ByLevel<ByLevel<number>>;
  readonly load_generator: { readonly cpu_seconds_per_1000: number; readonly rss_mb: number };
  readonly machine: Machine;
}

export interface ToAgent {
  readonly in_flight: number;
  readonly lifecycles_per_second: number;
  readonly latency_ms: Readonly<Record<Latency, Percentiles>>;
  readonly cpu_seconds_per_1000: ByLevel<number>;
}

export interface Machine {
  readonly at: string;
  readonly cores: number;
  readonly node: string;
  readonly seconds_per_level: number;
  /** Of one minute, before anything was started: what else ran on the machine. */
  readonly load_average_before: number;
}

/** Escalations by how many were in flight; and, at the most in flight, tasks that went to an agent. */
export interface Measured {
  readonly levels: ReadonlyMap<number, LevelResult>;
  readonly toAgents: { readonly at: number; readonly delegations: LevelResult; readonly transfers: LevelResult };
}

export function toResult({ levels, toAgents: { at: most, ...toAgents } }: Measured, limits: Limits, machine: Machine): BenchResult {
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
    delegations: toAgent(most, toAgents.delegations),
    transfers: toAgent(most, toAgents.transfers),
    cpu_seconds_per_1000_by_level: by(({ cpuPer1000 }) => cpuPer1000),
    load_generator: { cpu_seconds_per_1000: highest.generator.cpuPer1000, rss_mb: highest.generator.rssMb },
    machine,
  };
}

const toAgent = (most: number, { perSecond, latency, cpuPer1000 }: LevelResult): ToAgent => ({
  in_flight: most,
  lifecycles_per_second: perSecond,
  latency_ms: latency,
  cpu_seconds_per_1000: cpuPer1000,
});
