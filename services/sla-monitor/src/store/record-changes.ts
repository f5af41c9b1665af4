import type { Cause, Transaction } from '@handoff/bus';
import { handoffClock, type HandoffClock } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import type { ArmedClock, Change, Said, Watch } from '../domain/watch.js';
import { toClockEvent } from './clock-event.js';
import { armClocks, dropClocks, saveHandoffs } from './watches.js';

export interface Recorded {
  readonly before: Watch;
  readonly change: Change;
}

/**
 * State, clocks and events of a batch, in one statement each. The word goes to every replica's poller, this one's included,
 * when the transaction commits.
 */
export async function recordChanges(
  tx: Transaction,
  recorded: readonly Recorded[],
  now: Date,
  causeOf?: (event: HandoffClock) => Cause | undefined,
): Promise<void> {
  const changed = recorded.filter(({ before, change }) => change.watch !== before);
  if (changed.length === 0) return;
  const armed = changed.flatMap(({ before, change }) => without(change.watch.clocks, before.clocks));
  const changes = changed.map(({ change }) => change);
  const dropped = changed.flatMap(({ before, change }) => without(before.clocks, change.watch.clocks));
  await Promise.all([saveHandoffs(tx, changes), dropClocks(tx, dropped), armClocks(tx, armed)]);
  publish(tx, changed, now, causeOf);
  if (armed.length > 0) tx.notify(channelOf('sla-monitor'), String(Math.min(...armed.map(({ due_at }) => due_at.getTime()))));
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
