import { Transactions } from '@handoff/bus';
import type { Seconds } from '@handoff/contracts';
import { DueLoop, LOGGER, type Background, type Logger } from '@handoff/runtime';
import { Listener, retryDelay } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SendResult } from '../channels/channel.js';
import { Channels } from '../channels/channels.js';
import { groupBy } from '../domain/group-by.js';
import { NotifierConfig } from '../notifier.config.js';
import { copiesUpdated } from '../notifier.metrics.js';
import { copiesFor, type Addressed } from '../store/copies.js';
import { claimStale, nextStaleIn, recordUpdates, type StaleCopy, type UpdateResult } from '../store/stale-copies.js';
import { bundleNow } from '../store/bundles.js';
import { withButtons, type Buttonless } from './with-buttons.js';

const AT_ONCE = 100;
const LEASE_SECONDS: Seconds = 60;
const MOST_ATTEMPTS = 12;
const RETRY_CEILING_SECONDS: Seconds = 120;
/** What changes within a moment is told once, and nobody waits for it as for a page. */
const REST_MS = 500;

type StaleAddressed = Addressed<StaleCopy>;

/** Brings the copies that people have up to date, or closes them; at least once, and each message once for all that changed. */
@Injectable()
export class CopyUpdater implements Background {
  private readonly loop = new DueLoop({
    work: () => this.updateSome(),
    nextIn: () => nextStaleIn(this.source.manager),
    heldUp: (error) => this.log.warn({ err: error }, 'Bringing copies up to date is held up and goes on by itself'),
    restMs: REST_MS,
  });

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.listener.onNotified(() => this.loop.wake()); // whatever changed, some copy of it may be stale
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async updateSome(): Promise<boolean> {
    const claimed = await claimStale(this.source.manager, AT_ONCE, LEASE_SECONDS);
    if (claimed.length > 0) await this.update(claimed);
    return claimed.length >= AT_ONCE;
  }

  /** The copies of a bundle are one message. */
  private async update(claimed: readonly StaleCopy[]): Promise<void> {
    const db = this.source.manager;
    const groups = groupBy(await copiesFor(db, claimed, this.config), ({ notification: { id, bundle_id } }) => bundle_id ?? id);
    const updates = (await Promise.all(groups.map((copies) => this.written(copies)))).flat();
    const messages = await withButtons(db, updates, this.config.ACTION_TOKEN_HOURS);
    const sent = await Promise.all(updates.map((update, at) => this.send({ ...update, message: messages[at] ?? update.message })));
    const reached = new Set(updates.map(({ copies }) => copies));
    const lost = groups.filter((copies) => !reached.has(copies)).map((copies) => resultsOf(copies, NO_WAY));
    await this.transactions.run((tx) => recordUpdates(tx, [...sent, ...lost].flat()));
  }

  private async written(copies: StaleMessage['copies']): Promise<readonly StaleMessage[]> {
    const [copy] = copies;
    const { channel: name, bundle_id: bundleId } = copy.notification;
    const channel = this.channels.named(name);
    const message = bundleId === null ? copy.message : await bundleNow(this.source.manager, bundleId, copy.slaClass, this.config.DESK_URL);
    return channel && copy.address && message
      ? [{ copies, copy, channel, address: copy.address, message, answers: bundleId === null ? copy.answers : [] }]
      : [];
  }

  private async send({ copies, copy, channel, address, message }: StaleMessage): Promise<readonly UpdateResult[]> {
    const { reference, channel: name, handoff_id } = copy.notification;
    const sent = await channel.update(address, reference, updateId(copies), message);
    copiesUpdated.inc({ channel: name, result: sent.kind });
    if (sent.kind !== 'delivered')
      this.log.warn({ handoff_id, channel: name, error: sent.reason }, 'A copy could not be brought up to date');
    return resultsOf(copies, sent);
  }
}

interface StaleMessage extends Buttonless {
  readonly copies: readonly [StaleAddressed, ...StaleAddressed[]];
  readonly copy: StaleAddressed;
  readonly address: string;
}

const NO_WAY: SendResult = { kind: 'refused', reason: 'There is no way to this copy any more.' };

/** The same for every attempt at what is so now. */
const updateId = ([{ notification, ended, packetVersion }, ...more]: StaleMessage['copies']): string =>
  `${notification.id}.${ended ? 'ended' : packetVersion}${more.length > 0 ? `.${more.length}` : ''}`;

function resultsOf(copies: StaleMessage['copies'], sent: SendResult): readonly UpdateResult[] {
  return copies.map(({ notification: { id, attempts, reference } }) => {
    if (sent.kind === 'delivered')
      return { id, attempts, state: 'delivered', reference: sent.reference ?? reference, error: null, retryIn: 0 };
    const isLast = sent.kind !== 'failed' || attempts >= MOST_ATTEMPTS;
    const retryIn = sent.kind === 'failed' && sent.retryIn !== undefined ? sent.retryIn : retryDelay(attempts, RETRY_CEILING_SECONDS);
    return { id, attempts, state: isLast ? 'delivered' : 'stale', reference, error: sent.reason, retryIn };
  });
}
