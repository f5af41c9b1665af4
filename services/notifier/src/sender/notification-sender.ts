import { Gatherer, Transactions } from '@handoff/bus';
import { newId, type Seconds } from '@handoff/contracts';
import { channelOf, DueLoop, LOGGER, type Background, type Logger } from '@handoff/runtime';
import { Listener, type EntityManager } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Channels } from '../channels/channels.js';
import type { Attempted } from '../domain/attempt-outcome.js';
import { NotifierConfig } from '../notifier.config.js';
import { HELD } from '../store/controls.js';
import { copiesFor, type Addressed } from '../store/copies.js';
import { claimDue, giveBack, nextDueIn, renew } from '../store/notifications.js';
import { notifying } from './notify-span.js';
import { NoticeTeller } from './notice-teller.js';
import { pack, type Parcel, type ReadyCopy } from './parcels.js';
import { tellAttempts, type Attempt } from './tell-attempts.js';
import { withButtons } from './with-buttons.js';

/** On their way at the same time; a receiver that is slow holds up its own message alone. */
const MOST_UNDER_WAY = 200;
/** Claimed with one statement. */
const AT_ONCE = 100;
/** How long the copies of a process that died wait for another one. */
const LEASE_SECONDS: Seconds = 20;
const RENEW_SECONDS: Seconds = 5;
/** Whoever was told may answer at once, on the same row: results come after that, and more at a time. */
const RESULTS_REST_MS = 50;

/** Sends what is due, at least once, and tells what came of it. Replicas share the work by leases. */
@Injectable()
export class NotificationSender implements Background {
  private readonly loop = new DueLoop({
    work: () => this.sendDue(),
    nextIn: () => nextDueIn(this.source.manager),
    heldUp: (error) => {
      this.isInDoubt = true;
      this.log.warn({ err: error, channel: channelOf('notifier') }, 'Notifications are paused and go on by themselves');
    },
  });
  private readonly claimer = { process: newId(), lease: LEASE_SECONDS };
  private readonly underWay = new Set<Promise<void>>();
  /** Copies that are on their way, or whose result is being kept. */
  private readonly inHand = new Set<string>();
  private renewedAt = performance.now();
  /** The database did not say what became of a claim or of a result. */
  private isInDoubt = false;
  /** What has come back while the last results were being told is told together. */
  private readonly results = new Gatherer<readonly Attempt[]>(async (turns) => {
    const attempts = turns.flat();
    const told = await this.transactions.run((tx) => tellAttempts(tx, attempts, this.log));
    if (told.isMoreDue) this.wake();
    this.notices.addressesDisabled(told.disabled);
    return turns.map(() => () => undefined);
  }, RESULTS_REST_MS);

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(NoticeTeller) private readonly notices: NoticeTeller,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.listener.onNotified((payload) => {
      if (payload === '') this.wake(); // something may have been missed
    });
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.underWay);
  }

  /** Something was planned, or is due earlier than it was. */
  wake(): void {
    this.loop.wake();
  }

  /** @returns whether there may be more that is due now */
  private async sendDue(): Promise<boolean> {
    if (this.underWay.size > MOST_UNDER_WAY - AT_ONCE) {
      await Promise.race(this.underWay);
      return true;
    }
    const db = this.source.manager;
    if (this.isInDoubt) {
      this.isInDoubt = false;
      await giveBack(db, this.claimer, this.inHand);
    }
    await this.holdOn(db);
    const claimed = await claimDue(db, AT_ONCE, this.claimer);
    if (claimed.length === 0) return false;
    const ready: ReadyCopy[] = [];
    for (const copy of await copiesFor(db, claimed, this.config)) {
      const hindered = this.readied(copy);
      if ('kind' in hindered) this.finish([{ copy, attempted: hindered, bundleId: null }]);
      else ready.push(hindered);
    }
    const { parcels, putOff } = await pack(db, ready, this.config, this.claimer);
    if (putOff.length > 0)
      this.finish(putOff.map(({ copy, turn }) => ({ copy, attempted: { kind: 'later', seconds: turn.nextIn }, bundleId: null })));
    const messages = await withButtons(
      db,
      parcels.map((parcel) => ({ ...parcel, copy: parcel.copies[0] })),
      this.config.ACTION_TOKEN_HOURS,
    );
    for (const [at, parcel] of parcels.entries()) this.begin({ ...parcel, message: messages[at] ?? parcel.message });
    return claimed.length >= AT_ONCE;
  }

  /** What takes its time on its way stays this process's: a mail may stand in a row of its server's. */
  private async holdOn(db: EntityManager): Promise<void> {
    if (this.inHand.size === 0 || performance.now() - this.renewedAt < RENEW_SECONDS * 1000) return;
    await renew(db, this.claimer, this.inHand);
    this.renewedAt = performance.now();
  }

  /** Checked again just before: what has been decided asks nobody any more. */
  private readied(copy: Addressed): ReadyCopy | Attempted {
    const { notification, message, address, disabledBecause, consent, pause } = copy;
    const { channel: name, recipient } = notification;
    if (copy.ended) return { kind: 'withdrawn' };
    if (pause) return { kind: 'held', reason: HELD + pause.reason, seconds: pause.left };
    if (message === null) return { kind: 'failed', reason: 'The packet has not arrived here yet.' };
    const channel = this.channels.named(name);
    if (!channel) return { kind: 'refused', reason: `No ${name} is set up in this installation.` };
    if (address === undefined) return { kind: 'failed', reason: `${recipient} is not in the directory yet.` };
    if (address === null) return { kind: 'refused', reason: `${recipient} has no ${name} address.` };
    if (disabledBecause !== null)
      return { kind: 'refused', reason: `The ${name} address of ${recipient} is not used any more: ${disabledBecause}` };
    if (consent.kind === 'muted') return { kind: 'refused', reason: `${recipient} does not want to be asked by ${name}.` };
    if (consent.kind === 'later') return consent;
    return { ...copy, message, address, channel };
  }

  private begin(parcel: Parcel): void {
    const { channel, address, message, copies, bundleId } = parcel;
    const id = bundleId ?? copies[0].notification.id;
    const sent = notifying(parcel, async (traceparent) => {
      const attempted = await channel.send(address, id, message);
      return copies.map((copy) => ({ copy, attempted, bundleId, address, traceparent: bundleId ? copy.traceparent : traceparent }));
    });
    this.track(
      copies,
      sent.then((attempts) => this.results.add(attempts)),
    );
  }

  private finish(attempts: readonly Attempt[]): void {
    this.track(
      attempts.map(({ copy }) => copy),
      this.results.add(attempts),
    );
  }

  private track(copies: readonly Pick<Addressed, 'notification'>[], work: Promise<void>): void {
    const ids = copies.map(({ notification }) => notification.id);
    for (const id of ids) this.inHand.add(id);
    const tracked = work
      .finally(() => ids.forEach((id) => this.inHand.delete(id)))
      .catch((error: unknown) => {
        this.isInDoubt = true;
        this.wake();
        this.log.warn({ err: error }, 'What came of a copy could not be kept; it is sent again');
      })
      .finally(() => this.underWay.delete(tracked));
    this.underWay.add(tracked);
  }
}
