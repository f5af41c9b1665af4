import type { Authority, ReasonCode } from '@handoff/contracts';

const BY_REASON: Readonly<Partial<Record<ReasonCode, string>>> = {
  authority_limit: 'it is beyond what the agent may decide',
  policy_required: 'the policy requires a person',
};
export const BOUND_TO_ASK = Object.keys(BY_REASON) as readonly ReasonCode[]; // the keys of a record by these codes

/** It was not the agent's to go on alone, so nothing that came of asking is evidence against it. */
export const isBoundToAsk = (reason: ReasonCode): boolean => BOUND_TO_ASK.includes(reason);

/** Why a person has to be asked whatever any probability says; null where nothing says so. */
export function hardLimit(reason: ReasonCode | null, { limit, requested, unit = '' }: Authority = {}): string | null {
  if (limit !== undefined && requested !== undefined && requested > limit)
    return `${requested} ${unit} is asked for, and the agent may decide up to ${limit}`.replace('  ', ' ');
  return reason === null ? null : (BY_REASON[reason] ?? null);
}
