import type { Seconds } from '@handoff/contracts';
import { retryDelay } from '@handoff/store';

/** What came of sending one copy. */
export type Attempted =
  | { readonly kind: 'delivered'; readonly reference: string | null }
  | { readonly kind: 'failed'; readonly reason: string; readonly retryIn?: Seconds }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'gone'; readonly reason: string }
  /** Its handoff has ended before it went out. */
  | { readonly kind: 'withdrawn' }
  /** Its turn has not come: the destination has had enough for now, or it is night there. */
  | { readonly kind: 'later'; readonly seconds: Seconds }
  /** Leads have paused its channel: it waits for the end of that, and the next channel does not. */
  | { readonly kind: 'held'; readonly reason: string; readonly seconds: Seconds };

export interface AttemptOutcome {
  readonly state: 'delivered' | 'failed' | 'due' | 'withdrawn';
  readonly attempts: number;
  readonly error: string | null;
  readonly retryIn: Seconds;
  /** The next channels of the ladder at once: this one is not getting through. */
  readonly climbs: boolean;
}

/** At least so many, and on until the level ends: somebody is waited for until then. */
const LEAST_ATTEMPTS = 12;
const CLIMBS_AFTER = 4;
const RETRY_CEILING_SECONDS = 120;

/** @param secondsLeft of the level; null where it has passed on, and others are asked by now */
export function outcomeOf(attempted: Attempted, attempts: number, secondsLeft: Seconds | null): AttemptOutcome {
  const settled = { attempts, error: null, retryIn: 0, climbs: false };
  switch (attempted.kind) {
    case 'delivered':
    case 'withdrawn':
      return { ...settled, state: attempted.kind };
    case 'later':
      return { ...settled, state: 'due', attempts: attempts - 1, retryIn: attempted.seconds };
    case 'held':
      return { state: 'due', attempts, error: attempted.reason, retryIn: attempted.seconds, climbs: true }; // tried once, so it does not climb itself
    case 'refused':
    case 'gone':
      return { ...settled, state: 'failed', error: attempted.reason, climbs: true };
    case 'failed': {
      const retryIn = attempted.retryIn ?? retryDelay(attempts, RETRY_CEILING_SECONDS);
      const isLast = attempts >= LEAST_ATTEMPTS && (secondsLeft === null || retryIn >= secondsLeft);
      const climbs = isLast || attempts >= CLIMBS_AFTER;
      return { state: isLast ? 'failed' : 'due', attempts, error: attempted.reason, retryIn, climbs };
    }
  }
}
