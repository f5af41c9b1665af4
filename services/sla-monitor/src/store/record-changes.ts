import type { Cause, Transaction } from '@handoff/bus';
import { handoffClock, type HandoffClock } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { later, type ArmedClock, type Change, type Said, type Watch } from '../domain/watch.js';
import { TOLD_WITHIN_SECONDS } from '../sla-monitor.config.js';
import { toClockEvent } from './clock-event.js';
import { armClocks, dropClocks, saveHandoffs } from './watches.js';

export interface Recorded {
  readonly before: Watch;
  readonly change: Change;
}

/**
 * State, clocks and events of a batch, in one statement each. Where a clock is armed that is due before every poller looks by itself, the
 * word goes to all of them, this replica's included, when the transaction commits.
 */
export function recordChanges(
  tx: Transaction,
  recorded: readonly Recorded[],
  now: Date,
  causeOf?: (event: HandoffClock) => Cause | undefined,
): void {
  const changed = recorded.filter(({ before, change }) => change.watch !== before);
  if (changed.length === 0) return;
  const armed = changed.flatMap(({ before, change }) => without(change.watch.clocks, before.clocks));
  const changes = changed.map(({ change }) => change);
  const dropped = changed.flatMap(({ before, change }) => without(before.clocks, change.watch.clocks));
  saveHandoffs(tx, changes, now);
  dropClocks(tx, dropped);
  armClocks(tx, armed);
  publish(tx, changed, now, causeOf);
  const earliest = armed.reduce((least, { due_at }) => Math.min(least, due_at.getTime()), Number.POSITIVE_INFINITY);
  if (earliest < later(now, TOLD_WITHIN_SECONDS).getTime()) tx.notify(channelOf('sla-monitor'), String(earliest));
}

/** Clocks are replaced, never changed, so the same object is the same clock. */
const without = (some: readonly ArmedClock[], others: readonly ArmedClock[]): readonly ArmedClock[] =>
  some.filter((clock) => !others.includes(clock));

function publish(tx: Transaction, changed: readonly Recorded[], now: Date, causeOf?: (event: HandoffClock) => Cause | undefined): void {
  const said = new Map<HandoffClock, Said>();
  for (const { change } of changed) for (const it of change.said) said.set(toClockEvent(change.watch.handoff, it, now), it);
  tx.publish(handoffClock, [...said.keys()], {
    identityOf: (event) => [event.handoff_id, ...(said.get(event)?.identity ?? [event.sequence])],
    ...(causeOf ? { causeOf } : {}),
  });
}
