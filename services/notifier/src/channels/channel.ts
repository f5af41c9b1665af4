import type { Channel } from '@handoff/contracts';
import type { HandoffCopy } from '../domain/handoff-copy.js';

export type SendResult =
  | { readonly kind: 'delivered' }
  /** Not now; worth another attempt. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Never this way: the next channel is tried at once. */
  | { readonly kind: 'refused'; readonly reason: string };

/** One way to reach a person. */
export interface NotificationChannel {
  readonly channel: Channel;
  /** @param id the same for every attempt at one copy; given to the provider as its idempotency key where it has one */
  send(address: string, id: string, copy: HandoffCopy): Promise<SendResult>;
  close(): Promise<void>;
}

export const CHANNELS_IN_USE = Symbol('NotificationChannels');
