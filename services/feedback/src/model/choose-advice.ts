import { assertNever, type ReasonCode } from '@handoff/contracts';

/** What it costs where an agent works, at the level that would be asked; in the same unit, whatever it is. */
export interface Costs {
  /** Of a task that fails, or an action that is wrong, as the agent goes on alone. */
  readonly failure: number;
  /** Of a person's look. */
  readonly look: number;
}

/** What the model says; `uncertified` where it has too little evidence for cases such as this one. */
export type Said =
  | { readonly kind: 'said'; readonly p_fails_alone: number; readonly p_action_wrong: number | null; readonly isCertified: boolean }
  | { readonly kind: 'no_model' };

export interface Advice {
  readonly ask: boolean;
  readonly p_fails_alone: number | null;
  readonly p_action_wrong: number | null;
  /** Ask from this probability on: there a look costs as much as the failure that it may spare. */
  readonly threshold: number;
  readonly costs: Costs;
  readonly certified: boolean;
  readonly reasons: readonly string[];
}

/** What no probability weighs against. */
const HARD_LIMITS: Readonly<Partial<Record<ReasonCode, string>>> = {
  authority_limit: 'it is beyond what the agent may decide',
  policy_required: 'the policy requires a person',
};

/**
 * Hard limits first, then the larger of the two probabilities against the threshold of the costs. Without a model, or without evidence,
 * the policy's own rule decides, and the advice says so.
 */
export function chooseAdvice(said: Said, costs: Costs, reason: ReasonCode | null, doesPolicyAsk: boolean): Advice {
  const threshold = Math.min(1, costs.look / costs.failure);
  const limit = reason === null ? undefined : HARD_LIMITS[reason];
  const told = { threshold, costs, ...toldOf(said) };
  if (limit !== undefined) return { ...told, ask: true, reasons: [limit] };
  switch (said.kind) {
    case 'no_model':
      return { ...told, ask: doesPolicyAsk, reasons: ['there is no model yet, so the policy’s rule decides'] };
    case 'said':
      if (!said.isCertified)
        return {
          ...told,
          ask: doesPolicyAsk,
          reasons: ['there is too little evidence for cases such as this one, so the policy’s rule decides'],
        };
      return { ...told, ...byCosts(said.p_fails_alone, said.p_action_wrong, threshold) };
    default:
      return assertNever(said);
  }
}

const toldOf = (said: Said) =>
  said.kind === 'said'
    ? { p_fails_alone: said.p_fails_alone, p_action_wrong: said.p_action_wrong, certified: said.isCertified }
    : { p_fails_alone: null, p_action_wrong: null, certified: false };

function byCosts(fails: number, wrong: number | null, threshold: number): Pick<Advice, 'ask' | 'reasons'> {
  const reasons = [
    ...(fails >= threshold ? [`going on alone fails in ${inHundred(fails)}`] : []),
    ...(wrong !== null && wrong >= threshold ? [`the recommended action is wrong in ${inHundred(wrong)}`] : []),
  ];
  const ask = reasons.length > 0;
  return {
    ask,
    reasons: ask ? reasons : [`a look costs more than what it would spare: it fails in ${inHundred(Math.max(fails, wrong ?? 0))}`],
  };
}

const inHundred = (p: number): string => `${Math.round(p * 100)} of 100 such cases`;
