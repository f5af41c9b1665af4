import type { Percentiles } from './percentiles.js';
import type { Pids } from './processes.js';

/** What the load generator, a process of its own, needs to reach the system. */
export interface Place {
  readonly brokers: string;
  readonly topicPrefix: string;
  readonly signInLink: string;
  readonly receiverPort: number;
  readonly databaseUrl: string;
  readonly pids: Pids;
}

/** An agent asks a person; a person gives an agent a task, which it takes and delivers; or an agent passes its task on to another, which takes it. */
export type LifecycleKind = 'escalation' | 'delegation' | 'transfer';

export interface Level {
  readonly kind: LifecycleKind;
  readonly concurrency: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** What the load generator is asked to do; each is answered with `done` or `failed`. */
export type Order =
  | { readonly kind: 'connect'; readonly place: Place }
  | { readonly kind: 'run'; readonly level: Level }
  | { readonly kind: 'limits'; readonly seconds: number };

export type Answer = { readonly kind: 'done'; readonly result: unknown } | { readonly kind: 'failed'; readonly error: string };

export const LATENCIES = ['submit_acknowledged', 'submit_notified', 'decision_to_agent'] as const;
export type Latency = (typeof LATENCIES)[number];

export interface LevelResult {
  readonly lifecycles: number;
  readonly perSecond: number;
  readonly latency: Readonly<Record<Latency, Percentiles>>;
  readonly cpuPer1000: Readonly<Record<string, number>>;
  readonly rssMb: Readonly<Record<string, number>>;
  readonly generator: { readonly cpuPer1000: number; readonly rssMb: number };
}

/** What this machine does at most with the same packet, by hand-written statements and clients alone. */
export interface Limits {
  readonly pg_single_row_per_second: number;
  readonly pg_batched_rows_per_second: number;
  readonly two_transactions_per_second: number;
  readonly kafka_produced_per_second: number;
  readonly kafka_consumed_per_second: number;
}
