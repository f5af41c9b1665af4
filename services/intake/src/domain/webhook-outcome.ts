import { days, minutes, toMilliseconds, type Seconds } from '@handoff/contracts';
import { retryDelay } from '@handoff/store';
import type { WebhookResult } from '@handoff/webhook';

/** What the receiver's row says next. */
export interface WebhookOutcome {
  readonly state: 'on' | 'off';
  readonly error: string | null;
  readonly retryIn: Seconds;
}

const RETRY_CEILING: Seconds = minutes(5);
/** A receiver that has failed for so long is not there any more; its agent registers it again, and hears what it missed. */
const LONGEST_FAILING: Seconds = days(3);

/** @param failingFor since when nothing was taken there; null where the last event was */
export function webhookOutcome(result: WebhookResult, attempts: number, failingFor: Seconds | null): WebhookOutcome {
  switch (result.kind) {
    case 'delivered':
      return { state: 'on', error: null, retryIn: 0 };
    case 'gone':
      return { state: 'off', error: 'The receiver wants no more (410).', retryIn: 0 };
    case 'forbidden':
      return { state: 'off', error: result.reason, retryIn: 0 };
    case 'refused':
    case 'failed': {
      const error = result.kind === 'failed' ? result.reason : `The receiver answered ${result.status}.`;
      const asked = result.kind === 'refused' ? result.retryAfter : null;
      return { state: (failingFor ?? 0) >= LONGEST_FAILING ? 'off' : 'on', error, retryIn: asked ?? retryDelay(attempts, RETRY_CEILING) };
    }
  }
}

export const secondsSince = (at: Date | null, now: Date): Seconds | null =>
  at === null ? null : (now.getTime() - at.getTime()) / toMilliseconds(1);
