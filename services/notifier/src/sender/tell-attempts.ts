import type { Transaction } from '@handoff/bus';
import { CANARY_AGENT, handoffNotified, type HandoffId, type HandoffNotified, type PersonId } from '@handoff/contracts';
import type { Logger } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { outcomeOf, type Attempted, type AttemptOutcome } from '../domain/attempt-outcome.js';
import { FALLBACK } from '../domain/plan-notifications.js';
import { notificationAttempts, timeToNotify } from '../notifier.metrics.js';
import type { Outlined } from '../store/copies.js';
import { claimOf, climbLadder, recordAttempts, untoldOf } from '../store/notifications.js';
import { disableAddresses, type DisabledAddress } from '../store/person-channels.js';
import { lockForSequences, takeSequences } from '../store/take-sequences.js';

export interface Attempt {
  readonly copy: Outlined;
  readonly attempted: Attempted;
  readonly bundleId: string | null;
  /** Where it was sent; left out where it was not. */
  readonly address?: string;
  /** Of its being sent; the handoff's own where it was not. */
  readonly traceparent?: string | null;
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
  // The items' rows are locked before their notifications', as everywhere: an answer that comes now waits, and does not deadlock.
  lockForSequences(tx, settled.filter(isFinal).map(handoffOf));
  const [untold, at, disabled, counted] = await Promise.all([
    untoldOf(tx, settled.filter(isDelivered).map(handoffOf)), // before the results are recorded, under the lock
    databaseNow(tx.db),
    disableAddresses(tx, settled.flatMap(goneOf)),
    recordAttempts(tx, settled.map(rowOf)),
  ]);
  const counts = ({ copy: { notification: it } }: Settled): boolean => counted.has(claimOf(it.id, it.attempts));
  const kept = settled.filter(counts);
  const final = kept.filter(isFinal);
  const [sequences] = await Promise.all([takeSequences(tx, final.map(handoffOf)), climbLadder(tx, kept.flatMap(ladderOf))]);
  const events = final.map((it) => notifiedEvent(it, nextOf(sequences, handoffOf(it)), at.toISOString()));
  const traceparents = new Map(events.map((event, place) => [event, traceOf(final[place])]));
  tx.publish(handoffNotified, events, {
    causeOf: (event) => ({ eventId: null, correlationId: event.handoff_id, traceparent: traceparents.get(event) ?? null }),
    identityOf: (event) => [event.handoff_id, event.sequence],
  });
  tx.afterCommit(() => {
    for (const it of settled) observe(it, counts(it), log);
    for (const it of firstDelivered(kept, untold)) observeFirst(it, at);
  });
  return { isMoreDue: kept.some(({ outcome }) => outcome.state === 'failed' || outcome.state === 'due'), disabled };
}

const isDelivered = ({ outcome }: Settled): boolean => outcome.state === 'delivered';
const isFinal = ({ outcome }: Settled): boolean => outcome.state === 'delivered' || outcome.state === 'failed';
const handoffOf = ({ copy }: Settled): HandoffId => copy.notification.handoff_id;
const traceOf = (it: Attempt | undefined): string | null => it?.traceparent ?? it?.copy.traceparent ?? null;

const rowOf = ({ copy, attempted, outcome, bundleId }: Settled) => ({
  ...outcome,
  id: copy.notification.id,
  claim: copy.notification.attempts,
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

/** Of each handoff that nobody had been told of, the first copy that got through. */
function firstDelivered(settled: readonly Settled[], untold: ReadonlySet<HandoffId>): readonly Settled[] {
  const delivered = settled.filter((it) => isDelivered(it) && untold.has(handoffOf(it)));
  const firsts = new Map(delivered.toReversed().map((it) => [handoffOf(it), it]));
  return [...firsts.values()];
}

/** To the canary's robot no promise was made. */
function observeFirst({ copy: { notification, urgency, acceptedAt, agentId, traceparent } }: Settled, at: Date): void {
  const { channel } = notification;
  if (acceptedAt && agentId !== CANARY_AGENT)
    timeToNotify.observeFor(traceparent, { channel, urgency }, (at.getTime() - acceptedAt.getTime()) / 1000);
}

/** @param isKept or else the copy was withdrawn meanwhile, or another process has sent it too, and what came of that stands */
function observe({ copy, attempted, outcome }: Settled, isKept: boolean, log: Logger): void {
  const { channel, handoff_id, recipient, attempts } = copy.notification;
  notificationAttempts.inc({ channel, result: attempted.kind });
  if (!isKept) log.debug({ handoff_id, recipient, channel, attempts, result: attempted.kind }, 'What came of a copy is not what counts');
  else if (outcome.state === 'failed')
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
