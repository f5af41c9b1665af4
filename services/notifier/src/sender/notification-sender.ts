import { setTimeout as sleep } from 'node:timers/promises';
import { Gatherer, Transactions, type Transaction } from '@handoff/bus';
import { handoffNotified, type HandoffId, type HandoffNotified, type PersonId } from '@handoff/contracts';
import { channelOf, LOGGER, type Background, type Logger } from '@handoff/runtime';
import { databaseNow, Listener, retryDelay } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CHANNELS_IN_USE, type NotificationChannel, type SendResult } from '../channels/channel.js';
import { FALLBACK } from '../domain/plan-notifications.js';
import { NotifierConfig } from '../notifier.config.js';
import { notificationAttempts, timeToNotify } from '../notifier.metrics.js';
import { copiesFor, type Addressed } from '../store/copies.js';
import { claimDue, climbLadder, nextDueIn, recordAttempts, type AttemptResult } from '../store/notifications.js';
import { takeSequences } from '../store/take-sequences.js';
import { Waker } from './waker.js';

/** On their way at the same time; a receiver that is slow holds up its own message alone. */
const MOST_UNDER_WAY = 200;
/** Claimed with one statement. */
const AT_ONCE = 100;
const LEASE_SECONDS = 60;
const MOST_ATTEMPTS = 12;
const RETRY_CEILING_SECONDS = 120;
const IDLE_SECONDS = 5;

interface Attempt {
  readonly to: Addressed;
  readonly result: SendResult | { readonly kind: 'withdrawn' };
}

/** Sends what is due, at least once, and tells what came of it. Replicas share the work by leases. */
@Injectable()
export class NotificationSender implements Background {
  private readonly waker = new Waker();
  private readonly underWay = new Set<Promise<void>>();
  /** What has come back while the last results were being told is told together. */
  private readonly results = new Gatherer<Attempt>(async (attempts) => {
    await this.transactions.run((tx) => this.tell(tx, attempts));
    return attempts.map(() => () => undefined);
  });
  private stopping = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
    @Inject(CHANNELS_IN_USE) private readonly channels: readonly NotificationChannel[],
    @Inject(Listener) private readonly listener: Listener,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.listener.onNotified((payload) => {
      if (payload === '') this.wake(); // something may have been missed
    });
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    await Promise.all(this.underWay);
    await Promise.all(this.channels.map((channel) => channel.close()));
  }

  /** Something was planned, or is due earlier than it was. */
  wake(): void {
    this.waker.wake();
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.stopping;) {
      try {
        const isMoreDue = await this.sendDue();
        failures = 0;
        if (isMoreDue) continue;
        const next = await nextDueIn(this.source.manager);
        await this.waker.sleep(Math.max(0, Math.min(next ?? IDLE_SECONDS, IDLE_SECONDS)));
      } catch (error) {
        this.log.warn({ err: error, channel: channelOf('notifier') }, 'Notifications are paused and go on by themselves');
        await sleep(retryDelay(++failures, IDLE_SECONDS) * 1000);
      }
    }
  }

  /** @returns whether there may be more that is due now */
  private async sendDue(): Promise<boolean> {
    if (this.underWay.size > MOST_UNDER_WAY - AT_ONCE) {
      await Promise.race(this.underWay);
      return true;
    }
    const claimed = await claimDue(this.source.manager, AT_ONCE, LEASE_SECONDS);
    if (claimed.length === 0) return false;
    for (const to of await copiesFor(this.source.manager, claimed, this.config)) this.begin(to);
    return claimed.length >= AT_ONCE;
  }

  private begin(to: Addressed): void {
    const sent = this.attempt(to)
      .then((result) => this.results.add({ to, result }))
      .catch((error: unknown) =>
        this.log.warn({ err: error, handoff_id: to.notification.handoff_id }, 'What came of a copy could not be kept; it is sent again'),
      )
      .finally(() => this.underWay.delete(sent));
    this.underWay.add(sent);
  }

  /** Checked again just before: what has been decided asks nobody any more. */
  private async attempt({ notification, copy, address, ended }: Addressed): Promise<Attempt['result']> {
    if (ended) return { kind: 'withdrawn' };
    if (copy === null) return { kind: 'failed', reason: 'The packet has not arrived here yet.' };
    const channel = this.channels.find((it) => it.channel === notification.channel);
    if (!channel) return { kind: 'refused', reason: `No ${notification.channel} is set up in this installation.` };
    if (address === undefined) return { kind: 'failed', reason: `${notification.recipient} is not in the directory yet.` };
    if (address === null) return { kind: 'refused', reason: `${notification.recipient} has no ${notification.channel} address.` };
    return channel.send(address, notification.id, copy);
  }

  private async tell(tx: Transaction, attempts: readonly Attempt[]): Promise<void> {
    const outcomes = attempts.map((attempt) => ({ ...attempt, row: rowFor(attempt) }));
    const final = outcomes.filter(({ row }) => row.state === 'delivered' || row.state === 'failed');
    const refused = outcomes.filter(({ row, to }) => row.state === 'failed' && to.notification.recipient !== FALLBACK);
    // The items' rows are locked before their notifications', as everywhere: an answer that comes now waits, and does not deadlock.
    const [sequences, at] = await Promise.all([
      takeSequences(
        tx,
        final.map(({ to }) => to.notification.handoff_id),
      ),
      databaseNow(tx.db),
      recordAttempts(
        tx,
        outcomes.map(({ row }) => row),
      ),
      climbLadder(
        tx,
        refused.map(({ to: { notification: it } }) => ({
          handoffId: it.handoff_id,
          level: it.level,
          cycle: it.cycle,
          recipient: it.recipient,
        })),
      ),
    ]);
    const events = final.map(({ to, row }) => notifiedEvent(to, row, nextOf(sequences, to.notification.handoff_id), at.toISOString()));
    const traceparents = new Map(final.map(({ to }) => [to.notification.handoff_id, to.traceparent]));
    tx.publish(handoffNotified, events, {
      causeOf: ({ handoff_id }) => ({ eventId: null, correlationId: handoff_id, traceparent: traceparents.get(handoff_id) ?? null }),
      identityOf: (event) => [event.handoff_id, event.sequence],
    });
    tx.afterCommit(() => {
      for (const { to, result, row } of outcomes) {
        notificationAttempts.inc({ channel: to.notification.channel, result: result.kind });
        if (row.state === 'delivered' && to.acceptedAt && to.notification.level === 1)
          timeToNotify.observe({ channel: to.notification.channel }, (at.getTime() - to.acceptedAt.getTime()) / 1000);
        if (row.state === 'failed')
          this.log.warn(
            {
              handoff_id: to.notification.handoff_id,
              recipient: to.notification.recipient,
              channel: to.notification.channel,
              error: row.error,
            },
            'A copy could not be delivered; the next channel is tried',
          );
      }
      if (outcomes.some(({ row }) => row.state === 'failed' || row.state === 'due')) this.wake();
    });
  }
}

function rowFor({ to: { notification }, result }: Attempt): AttemptResult {
  const { id, attempts } = notification;
  if (result.kind === 'delivered' || result.kind === 'withdrawn') return { id, state: result.kind, error: null, retryIn: 0 };
  const isLast = result.kind === 'refused' || attempts >= MOST_ATTEMPTS;
  return { id, state: isLast ? 'failed' : 'due', error: result.reason, retryIn: retryDelay(attempts, RETRY_CEILING_SECONDS) };
}

function notifiedEvent(
  { notification: it, tenant, packetVersion }: Addressed,
  row: AttemptResult,
  sequence: number,
  at: string,
): HandoffNotified {
  return {
    tenant,
    handoff_id: it.handoff_id,
    sequence,
    packet_version: packetVersion,
    event: row.state === 'delivered' ? 'delivered' : 'failed',
    channel: it.channel,
    recipient: it.recipient === FALLBACK ? null : (it.recipient as PersonId),
    level: it.level,
    cycle: Math.max(it.cycle, 0),
    attempts: it.attempts,
    error: row.error,
    at,
  };
}

function nextOf(sequences: Map<HandoffId, number>, handoffId: HandoffId): number {
  const next = sequences.get(handoffId) ?? 1;
  sequences.set(handoffId, next + 1);
  return next;
}
