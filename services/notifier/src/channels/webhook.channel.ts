import { WebhookClient } from '@handoff/webhook';
import type { HandoffCopy } from '../domain/handoff-copy.js';
import type { NotifierConfig } from '../notifier.config.js';
import type { NotificationChannel, SendResult } from './channel.js';

/** A signed request to the person's own endpoint, after Standard Webhooks. */
export class WebhookChannel implements NotificationChannel {
  readonly channel = 'webhook';
  private readonly client: WebhookClient;

  constructor({ WEBHOOK_SIGNING_SECRET, WEBHOOK_ALLOWED_NETWORKS }: NotifierConfig) {
    const allowedNetworks = WEBHOOK_ALLOWED_NETWORKS.split(',').flatMap((network) => (network.trim() === '' ? [] : [network.trim()]));
    this.client = new WebhookClient({ secret: WEBHOOK_SIGNING_SECRET, allowedNetworks });
  }

  send(address: string, id: string, copy: HandoffCopy): Promise<SendResult> {
    return this.post(address, id, `handoff.${copy.kind}`, copy);
  }

  /** What is no copy of a handoff goes out the same way. */
  async post(address: string, id: string, type: string, data: object): Promise<SendResult> {
    const result = await this.client.send(address, id, { type, timestamp: new Date().toISOString(), data });
    switch (result.kind) {
      case 'delivered':
        return { kind: 'delivered' };
      case 'gone':
        return { kind: 'refused', reason: 'The receiver wants no more messages (410).' };
      case 'refused':
        return result.status < 500 && result.status !== 429 && result.status !== 408
          ? { kind: 'refused', reason: `The receiver answered ${result.status}.` }
          : { kind: 'failed', reason: `The receiver answered ${result.status}.` };
      case 'forbidden':
        return { kind: 'refused', reason: result.reason };
      case 'failed':
        return { kind: 'failed', reason: result.reason };
    }
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
