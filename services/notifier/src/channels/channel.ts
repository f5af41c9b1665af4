import type { DecisionType, Fault, JsonObject, Packet, PushChannel, Seconds } from '@handoff/contracts';
import type { Message } from '../domain/message.js';

export type SendResult =
  /** What the provider calls the copy; null where it cannot be updated. */
  | { readonly kind: 'delivered'; readonly reference: string | null }
  /** Not now; worth another attempt, after as long as the provider says where it does. */
  | { readonly kind: 'failed'; readonly reason: string; readonly retryIn?: Seconds }
  /** Never this way: the next channel is tried at once. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody is at this address any more. */
  | { readonly kind: 'gone'; readonly reason: string };

/** One way to reach a person who is not at the desk. */
export interface NotificationChannel {
  readonly channel: PushChannel;
  /** Its copies go to somebody who reads them one by one: they are limited, and bundled. */
  readonly isForPeople: boolean;
  /** The answers that its copies have buttons for; the others are given on the desk. */
  readonly buttons: readonly DecisionType[];
  /** @param id the same for every attempt at one copy; given to the provider as its idempotency key where it has one */
  send(address: string, id: string, message: Message): Promise<SendResult>;
  /**
   * Brings a copy up to date without disturbing anybody more than the channel must.
   * @param reference of the copy, as `send` has told it
   * @param id as for `send`, of this update
   */
  update(address: string, reference: string, id: string, message: Message): Promise<SendResult>;
  /** What somebody did in a copy: verified here, judged behind the doors. Left out where nothing comes back this way. */
  callback?(request: CallbackRequest, doors: Doors): Promise<CallbackAnswer>;
  close(): Promise<void>;
}

export interface CallbackRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** A form's bytes as they came; JSON as it was read. */
  readonly body: unknown;
}

export interface CallbackAnswer {
  readonly status: number;
  readonly body: object | string;
}

/** What a channel may do for the person behind it. Who that is, and what she may, is judged there and not by the channel. */
export interface Doors {
  /** By the database's clock. */
  now(): Promise<Date>;
  /** Whether a signed callback is no replay; it is from now on, for so long. */
  isNew(signature: string, seconds: Seconds): Promise<boolean>;
  /** What a button would answer to; it is not pressed by it. */
  look(who: Presser): Promise<Looked>;
  press(who: Presser, given?: { readonly message?: string | null; readonly args?: JsonObject | null }): Promise<Pressed>;
  /** @returns what to tell whoever said the code */
  link(channel: PushChannel, account: string, code: string): Promise<string>;
}

/** A button, and who pressed it as the channel knows; without an account, whoever has the token is its person. */
export interface Presser {
  readonly channel: PushChannel;
  readonly token: string;
  readonly account: string | null;
}

export type Looked =
  | { readonly kind: 'open'; readonly type: DecisionType; readonly packet: Packet; readonly title: string; readonly link: string }
  | { readonly kind: 'shut'; readonly text: string };

export type Pressed =
  | { readonly kind: 'recorded'; readonly text: string }
  /** `faults`: what is wrong with what was given; the button may be pressed again. */
  | { readonly kind: 'refused'; readonly text: string; readonly faults: readonly Fault[] };
