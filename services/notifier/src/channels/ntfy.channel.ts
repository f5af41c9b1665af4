import { isJsonObject } from '@handoff/contracts';
import { wordsOf } from '../domain/message-words.js';
import type { Message } from '../domain/message.js';
import { ntfyMessage } from '../domain/ntfy-message.js';
import type { CallbackAnswer, CallbackRequest, Doors, NotificationChannel, SendResult } from './channel.js';
import { postJson } from './post-json.js';

export interface NtfySettings {
  readonly url: string;
  readonly token: string | undefined;
  readonly deskUrl: string;
  readonly timeoutMs?: number;
}

/** Push to a phone: a topic each person. Its buttons send their token back, and its messages are replaced in place. */
export class NtfyChannel implements NotificationChannel {
  readonly channel = 'ntfy';
  readonly isForPeople = true;
  readonly buttons = ['approve', 'reject'] as const;

  constructor(private readonly settings: NtfySettings) {}

  send(address: string, id: string, message: Message): Promise<SendResult> {
    return this.publish(address, id, message, false);
  }

  update(address: string, reference: string, _id: string, message: Message): Promise<SendResult> {
    return this.publish(address, reference, message, true);
  }

  /** The phone sends what is in the button and knows nothing of accounts: the topic is the person's own, and so is the token. */
  async callback({ body }: CallbackRequest, doors: Doors): Promise<CallbackAnswer> {
    const token = isJsonObject(body) ? body['token'] : null;
    if (typeof token !== 'string') return { status: 400, body: { text: 'There is no token in this request.' } };
    const pressed = await doors.press({ channel: this.channel, token, account: null });
    return { status: pressed.kind === 'recorded' ? 200 : 409, body: { text: pressed.text } };
  }

  async close(): Promise<void> {
    // It holds nothing open.
  }

  private async publish(topic: string, sequence: string, message: Message, isUpdate: boolean): Promise<SendResult> {
    const { url, token, deskUrl, timeoutMs } = this.settings;
    const published = { topic, sequence_id: sequence, ...ntfyMessage(wordsOf(message), `${deskUrl}/channels/ntfy/callback`, isUpdate) };
    const posted = await postJson(url, token, published, timeoutMs);
    if (posted.kind === 'failed') return posted;
    const { status, retryAfter, body } = posted;
    if (status === 200) return { kind: 'delivered', reference: sequence };
    const reason = `ntfy answered ${status}${typeof body['error'] === 'string' ? `: ${body['error']}` : ''}.`;
    if (status === 410) return { kind: 'gone', reason };
    if (status < 500 && status !== 429 && status !== 408) return { kind: 'refused', reason };
    return { kind: 'failed', reason, ...(retryAfter === null ? {} : { retryIn: retryAfter }) };
  }
}
