import type { Seconds } from '@handoff/contracts';

/** What a destination may be sent now. */
export interface Turn {
  /** Messages, none of the next ones included. */
  readonly granted: number;
  /** Seconds until there may be one more. */
  readonly nextIn: Seconds;
}

export interface Shares<Copy> {
  readonly single: readonly Copy[];
  /** In one message; empty where there is nothing to bundle. */
  readonly bundled: readonly Copy[];
  readonly putOff: readonly Copy[];
}

/**
 * Who gets a message of her own where more is due for one destination than it may be sent: the first ones, and the last message that is
 * left takes all the others together. So the first alert always goes out at once, and nobody waits behind another's thousands.
 * @param copies the most urgent first
 */
export function shareOut<Copy>(copies: readonly Copy[], { granted }: Turn): Shares<Copy> {
  if (granted >= copies.length) return { single: copies, bundled: [], putOff: [] };
  if (granted === 0) return { single: [], bundled: [], putOff: copies };
  return { single: copies.slice(0, granted - 1), bundled: copies.slice(granted - 1), putOff: [] };
}
