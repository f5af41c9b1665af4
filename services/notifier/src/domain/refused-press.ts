import type { PersonId, PushChannel, TenantId } from '@handoff/contracts';

/** What of a token says who may use it, and whether it is good still. */
export interface PressedToken {
  readonly tenant: TenantId;
  readonly subject: PersonId;
  readonly channel: PushChannel;
  readonly is_used: boolean;
  readonly has_expired: boolean;
}

export type RefusedPress = 'unknown' | 'not_linked' | 'not_yours' | 'used' | 'expired';

/** Whose the pressing account is; `bearer` where the channel knows of no accounts, and whoever has the token is its person. */
export type Owner = Pick<PressedToken, 'tenant' | 'subject'> | 'bearer' | null;

/** Why a press is not taken; null where it is. A token is good on its own channel alone: another one may verify less. */
export function refusedPress(token: PressedToken | null, channel: PushChannel, owner: Owner): RefusedPress | null {
  if (token?.channel !== channel) return 'unknown';
  if (owner === null) return 'not_linked';
  if (owner !== 'bearer' && (owner.subject !== token.subject || owner.tenant !== token.tenant)) return 'not_yours';
  if (token.is_used) return 'used';
  return token.has_expired ? 'expired' : null;
}

const TEXTS: Readonly<Record<RefusedPress, string>> = {
  unknown: 'This button is not known here any more. Nothing was recorded; look at the desk.',
  not_linked: 'This account is not linked to anybody yet. Ask for a code on the desk and say it here with: /handoff link CODE',
  not_yours: 'This button is somebody else’s. Nothing was recorded; you can answer on the desk.',
  used: 'This button was pressed already. Look at the desk for what came of it.',
  expired: 'This button has expired. Nothing was recorded; answer on the desk.',
};

export const pressText = (because: RefusedPress): string => TEXTS[because];
