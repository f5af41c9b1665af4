import { assertNever } from '@handoff/contracts';
import type { Ruled } from '../domain/ask-by-rule.js';
import type { Costs } from '../domain/costs.js';

/** What a model says of a moment. */
export interface Told {
  readonly p_fails_alone: number;
  /** Null where it would do nothing that could be wrong. */
  readonly p_action_wrong: number | null;
  /** Below it going on alone is vouched for at these costs; null where nothing is, for too little evidence. */
  readonly cut: number | null;
  /** What moved it most, in words. */
  readonly because: readonly string[];
}

export type Said = ({ readonly kind: 'said' } & Told) | { readonly kind: 'no-model' };

export interface Advice {
  readonly ask: boolean;
  readonly p_fails_alone: number | null;
  readonly p_action_wrong: number | null;
  /** Ask from this probability on: there a look costs as much as the failure that it may spare. */
  readonly threshold: number;
  readonly costs: Costs;
  /** The model decided, with a guarantee; else a hard limit or the rule. */
  readonly certified: boolean;
  readonly reasons: readonly string[];
}

interface Around {
  readonly costs: Costs;
  /** Why a person has to be asked; null where no limit is reached. */
  readonly limit: string | null;
  readonly byRule: (threshold: number) => Ruled;
}

export const thresholdOf = ({ failure, look }: Costs): number => Math.min(1, look / failure);

/** Hard limits first, then the model where it is vouched for; else the rule, and the advice says so. */
export function chooseAdvice(said: Said, { costs, limit, byRule }: Around): Advice {
  const threshold = thresholdOf(costs);
  const told = { threshold, costs, certified: false, ...probabilitiesOf(said) };
  if (limit !== null) return { ...told, ask: true, reasons: [limit] };
  switch (said.kind) {
    case 'no-model':
      return { ...told, ...ruled(byRule(threshold), 'there is no model yet') };
    case 'said':
      if (said.cut === null) return { ...told, ...ruled(byRule(threshold), 'there is too little evidence for cases such as this one') };
      return { ...told, certified: true, ...byModel(said, Math.min(threshold, said.cut)) };
    default:
      return assertNever(said);
  }
}

const probabilitiesOf = (said: Said): Pick<Advice, 'p_fails_alone' | 'p_action_wrong'> =>
  said.kind === 'said'
    ? { p_fails_alone: said.p_fails_alone, p_action_wrong: said.p_action_wrong }
    : { p_fails_alone: null, p_action_wrong: null };

const ruled = ({ ask, why }: Ruled, because: string): Pick<Advice, 'ask' | 'reasons'> => ({
  ask,
  reasons: [`${because}, so the rule decides: ${why}`],
});

function byModel({ p_fails_alone: fails, p_action_wrong: wrong, because }: Told, from: number): Pick<Advice, 'ask' | 'reasons'> {
  const against = [
    ...(fails >= from ? [`going on alone fails in ${inHundred(fails)}`] : []),
    ...(wrong !== null && wrong >= from ? [`the recommended action is wrong in ${inHundred(wrong)}`] : []),
  ];
  const ask = against.length > 0;
  const verdict = ask ? against : [`a look costs more than it would spare: it fails in ${inHundred(Math.max(fails, wrong ?? 0))}`];
  return { ask, reasons: [...verdict, ...because] };
}

const inHundred = (p: number): string => `${Math.round(p * 100)} of 100 such cases`;
