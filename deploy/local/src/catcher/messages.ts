import type { Json } from '@handoff/contracts';

interface Caught {
  readonly id: number;
  readonly at: string;
}

export interface CaughtEmail extends Caught {
  readonly kind: 'email';
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface CaughtWebhook extends Caught {
  readonly kind: 'webhook';
  /** The last part of the address it was sent to. */
  readonly name: string;
  /** By Standard Webhooks, with the secret of this system. */
  readonly is_signed: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, else as it came. */
  readonly body: Json;
}

export type CaughtMessage = CaughtEmail | CaughtWebhook;
