import type { Address, HandoffRouted, PushChannel, Seconds } from '@handoff/contracts';
import { quietFor, type QuietHours } from './quiet-hours.js';

/** What a person has chosen, within what the policy allows. */
export interface Preferences {
  /** Normal handoffs wait until they are over; critical ones never do. */
  readonly quiet_hours: QuietHours | null;
  /** Channels that she does not want to be asked on. */
  readonly muted: readonly PushChannel[];
}

export const NO_PREFERENCES: Preferences = { quiet_hours: null, muted: [] };

/** What is known of a person on one channel beside the directory's address. */
export interface PersonChannel {
  readonly channel: PushChannel;
  readonly account: string | null;
  readonly disabled_address: string | null;
  readonly disabled_because: string | null;
}

export interface Reach {
  readonly addresses: readonly Address[];
  readonly preferences: Preferences;
  readonly channels: readonly PersonChannel[];
}

/** Where a person is on a channel: the directory's address, else the account that she has linked. */
export function addressOn({ addresses, channels }: Reach, channel: PushChannel): string | null {
  const own = addresses.find((it) => it.channel === channel)?.address;
  return own ?? channels.find((it) => it.channel === channel)?.account ?? null;
}

/** Why that address is not used any more; null where it is. */
export function disabledBecause({ channels }: Reach, channel: PushChannel, address: string): string | null {
  const it = channels.find((known) => known.channel === channel);
  return it?.disabled_address === address ? (it.disabled_because ?? 'It was disabled.') : null;
}

export type Consent = { readonly kind: 'now' } | { readonly kind: 'later'; readonly seconds: Seconds } | { readonly kind: 'muted' };

/**
 * Whether a person wants a copy on this channel now. A rung that the policy makes mandatory comes whatever she prefers, and so does one that
 * is the last way to her: preferences choose between channels, they do not close the last one.
 */
export function consentTo(reach: Reach, channel: PushChannel, routed: HandoffRouted, now: Date): Consent {
  const { muted, quiet_hours: quiet } = reach.preferences;
  if (routed.ladder.some((rung) => rung.channel === channel && rung.mandatory)) return { kind: 'now' };
  const others = routed.ladder.filter((rung) => !muted.includes(rung.channel) && addressOn(reach, rung.channel) !== null);
  if (muted.includes(channel) && others.length > 0) return { kind: 'muted' };
  const seconds = quiet === null || routed.sla.class === 'critical' ? 0 : quietFor(quiet, now);
  return seconds > 0 ? { kind: 'later', seconds } : { kind: 'now' };
}
