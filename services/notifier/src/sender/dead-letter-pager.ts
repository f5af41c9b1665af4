import { Transactions } from '@handoff/bus';
import { DueLoop, LOGGER, type Background, type Logger } from '@handoff/runtime';
import { Listener, retryDelay } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import type { SendResult } from '../channels/channel.js';
import { WebhookChannel } from '../channels/webhook.channel.js';
import { NotifierConfig, webhookSettings } from '../notifier.config.js';
import { notificationAttempts } from '../notifier.metrics.js';
import { claimDuePage, nextPageIn, recordPage, type DuePage, type PageResult } from '../store/dead-letter-pages.js';

const LEASE_SECONDS = 60;
const MOST_ATTEMPTS = 12;
const RETRY_CEILING_SECONDS = 120;

/** Pages the fallback for dead letters, at least once a page, from this service's own settings. Replicas share the work by leases. */
@Injectable()
export class DeadLetterPager implements Background {
  private readonly loop = new DueLoop({
    work: () => this.sendDue(),
    nextIn: () => this.transactions.run((tx) => nextPageIn(tx)),
    heldUp: (error) => this.log.warn({ err: error }, 'Paging for dead letters is held up and goes on by itself'),
  });
  private readonly webhooks: WebhookChannel;

  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotifierConfig) private readonly config: NotifierConfig,
    @Inject(Listener) private readonly listener: Listener,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.webhooks = new WebhookChannel(webhookSettings(config));
  }

  start(): void {
    this.listener.onNotified((payload) => {
      if (payload === '') this.wake(); // something may have been missed
    });
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.webhooks.close();
  }

  wake(): void {
    this.loop.wake();
  }

  private async sendDue(): Promise<boolean> {
    const due = await this.transactions.run((tx) => claimDuePage(tx, LEASE_SECONDS));
    if (!due) return false;
    const sent = await this.send(due);
    const result = resultOf(due, sent);
    await this.transactions.run((tx) => recordPage(tx, due, result));
    notificationAttempts.inc({ channel: 'webhook', result: sent.kind });
    if (result.state === 'failed')
      this.log.error({ page: due.page, error: result.error }, 'The fallback could not be paged for dead letters');
    return true;
  }

  private async send({ id, page }: DuePage): Promise<SendResult> {
    const { FALLBACK_WEBHOOK_URL: url } = this.config;
    if (url === undefined) return { kind: 'refused', reason: 'FALLBACK_WEBHOOK_URL is not set.' };
    return this.webhooks.post(url, id, 'handoff.dead_letters', {
      kind: 'dead_letters',
      ...page,
      what_to_do: 'npm run dlt -- list shows them; see docs/runbooks/handoff-records-dead-lettered.md.',
    });
  }
}

function resultOf({ attempts }: DuePage, sent: SendResult): PageResult {
  if (sent.kind === 'delivered') return { state: 'delivered', error: null, retryIn: 0 };
  const isLast = sent.kind === 'refused' || attempts >= MOST_ATTEMPTS;
  return { state: isLast ? 'failed' : 'due', error: sent.reason, retryIn: retryDelay(attempts, RETRY_CEILING_SECONDS) };
}
