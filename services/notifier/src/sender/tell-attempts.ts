import type { Transaction } from '@handoff/bus';
import { handoffNotified, type HandoffId, type HandoffNotified, type PersonId } from '@handoff/contracts';
import type { Logger } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { outcomeOf, type Attempted, type AttemptOutcome } from '../domain/attempt-outcome.js';
import { FALLBACK } from '../domain/plan-notifications.js';
import { notificationAttempts, timeToNotify } from '../notifier.metrics.js';
import type { Outlined } from '../store/copies.js';
import { climbLadder, recordAttempts } from '../store/notifications.js';
import { disableAddresses, type DisabledAddress } from '../store/person-channels.js';
import { takeSequences } from '../store/take-sequences.js';

export interface Attempt {
  readonly copy: Outlined;
  readonly attempted: Attempted;
  readonly bundleId: string | null;
  /** Where it was sent; left out where it was not. */
  readonly address?: string;
}

type Settled = Attempt & { readonly outcome: AttemptOutcome };

export interface Told {
  readonly isMoreDue: boolean;
  /** Addresses that were in use until now. */
  readonly disabled: readonly DisabledAddress[];
}

/** Keeps what came of each copy, has the next channels tried where one does not get through, and tells of what is final. */
export async function tellAttempts(tx: Transaction, attempts: readonly Attempt[], log: Logger): Promise<Told> {
  const settled = attempts.map((it): Settled => ({
    ...it,
    outcome: outcomeOf(it.attempted, it.copy.notification.attempts, it.copy.secondsLeft),
  }));
  const final = settled.filter(({ outcome }) => outcome.state === 'delivered' || outcome.state === 'failed');
  // The items' rows are locked before their notifications', as everywhere: an answer that comes now waits, and does not deadlock.
  const [sequences, at, disabled] = await Promise.all([
    takeSequences(
      tx,
      final.map(({ copy }) => copy.notification.handoff_id),
    ),
    databaseNow(tx.db),
    disableAddresses(tx, settled.flatMap(goneOf)),
    recordAttempts(tx, settled.map(rowOf)),
    climbLadder(tx, settled.flatMap(ladderOf)),
  ]);
  const traceparents = new Map(final.map(({ copy }) => [copy.notification.handoff_id, copy.traceparent]));
  const events = final.map((it) => notifiedEvent(it, nextOf(sequences, it.copy.notification.handoff_id), at.toISOString()));
  tx.publish(handoffNotified, events, {
    causeOf: ({ handoff_id }) => ({ eventId: null, correlationId: handoff_id, traceparent: traceparents.get(handoff_id) ?? null }),
    identityOf: (event) => [event.handoff_id, event.sequence],
  });
  tx.afterCommit(() => {
    for (const it of settled) observe(it, at, log);
  });
  return { isMoreDue: settled.some(({ outcome }) => outcome.state === 'failed' || outcome.state === 'due'), disabled };
}

const rowOf = ({ copy, attempted, outcome, bundleId }: Settled) => ({
  ...outcome,
  id: copy.notification.id,
  reference: attempted.kind === 'delivered' ? attempted.reference : null,
  packetVersion: copy.packetVersion,
  bundleId: attempted.kind === 'delivered' ? bundleId : null,
});

function ladderOf({ copy: { notification: it }, outcome }: Settled) {
  if (!outcome.climbs || it.recipient === FALLBACK) return [];
  return [{ handoffId: it.handoff_id, level: it.level, cycle: it.cycle, recipient: it.recipient }];
}

function goneOf({ copy, attempted, address }: Settled): readonly DisabledAddress[] {
  const { recipient, channel } = copy.notification;
  if (attempted.kind !== 'gone' || address === undefined || recipient === FALLBACK) return [];
  return [{ tenant: copy.tenant, subject: recipient as PersonId, channel, address, because: attempted.reason }];
}

function observe({ copy, attempted, outcome }: Settled, at: Date, log: Logger): void {
  const { channel, handoff_id, recipient, level } = copy.notification;
  notificationAttempts.inc({ channel, result: attempted.kind });
  if (outcome.state === 'delivered' && copy.acceptedAt && level === 1)
    timeToNotify.observe({ channel }, (at.getTime() - copy.acceptedAt.getTime()) / 1000);
  if (outcome.state === 'failed')
    log.warn({ handoff_id, recipient, channel, error: outcome.error }, 'A copy could not be delivered; the next channel is tried');
}

function notifiedEvent({ copy, outcome }: Settled, sequence: number, at: string): HandoffNotified {
  const { notification: it, tenant, packetVersion } = copy;
  return {
    tenant,
    handoff_id: it.handoff_id,
    sequence,
    packet_version: packetVersion,
    event: outcome.state === 'delivered' ? 'delivered' : 'failed',
    channel: it.channel,
    recipient: it.recipient === FALLBACK ? null : (it.recipient as PersonId),
    level: it.level,
    cycle: Math.max(it.cycle, 0),
    attempts: it.attempts,
    error: outcome.error,
    at,
  };
}

function nextOf(sequences: Map<HandoffId, number>, handoffId: HandoffId): number {
  const next = sequences.get(handoffId) ?? 1;
  sequences.set(handoffId, next + 1);
  return next;
}
