import type { HandoffId } from '@handoff/contracts';
import { percentiles, round } from '../percentiles.js';

/** One record of a clock that fired, as it came from the topic. */
export interface Fired {
  readonly handoffId: HandoffId;
  readonly dueAt: number;
  /** By the database's clock, when it was claimed. */
  readonly firedAt: number;
  /** When this process had it from the topic. */
  readonly seenAt: number;
}

export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface Firing {
  readonly due: number;
  readonly fired: number;
  /** Records beyond the first of a clock. */
  readonly fired_twice: number;
  /** From due to the record read from the topic. */
  readonly lateness_ms: Lateness;
  /** From due to the event's own `fired_at`. */
  readonly lateness_to_fired_ms: Lateness;
}

/** @param due the handoffs of which one clock each was due */
export function firingOf(due: ReadonlySet<HandoffId>, records: readonly Fired[]): Firing {
  const ours = records.filter(({ handoffId }) => due.has(handoffId));
  const first = firstOfEach(ours);
  return {
    due: due.size,
    fired: first.length,
    fired_twice: ours.length - first.length,
    lateness_ms: lateness(first.map(({ dueAt, seenAt }) => seenAt - dueAt)),
    lateness_to_fired_ms: lateness(first.map(({ dueAt, firedAt }) => firedAt - dueAt)),
  };
}

function firstOfEach(records: readonly Fired[]): readonly Fired[] {
  const first = new Map<HandoffId, Fired>();
  for (const it of records) if (!first.has(it.handoffId)) first.set(it.handoffId, it);
  return [...first.values()];
}

function lateness(values: readonly number[]): Lateness {
  const { p50, p99 } = percentiles(values);
  return {
    p50,
    p99,
    max: round(
      values.reduce((most, it) => Math.max(most, it), 0),
      1,
    ),
  };
}

/** How many fired later than one that was due after them: none, where a backlog is worked off in its order. */
export function outOfTurn(records: readonly Fired[]): number {
  let earliest = Number.POSITIVE_INFINITY;
  let count = 0;
  for (const { firedAt } of records.toSorted((one, other) => other.dueAt - one.dueAt)) {
    if (firedAt > earliest) count++;
    earliest = Math.min(earliest, firedAt);
  }
  return count;
}
