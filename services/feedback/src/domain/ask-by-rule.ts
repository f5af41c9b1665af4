import type { ReasonCode } from '@handoff/contracts';

export interface Ruled {
  readonly ask: boolean;
  readonly why: string;
}

/**
 * What is advised without a model, or where it has too little evidence. Silence is no consent: without a word of its own an agent asks.
 * @param threshold ask from this probability of a failure on
 */
export function askByRule(reason: ReasonCode | null, confidence: number | null, threshold: number): Ruled {
  if (reason !== null) return { ask: true, why: `the agent has a reason to ask, ${reason}` };
  if (confidence === null) return { ask: true, why: 'the agent does not say how sure it is' };
  const isSure = 1 - confidence < threshold;
  return { ask: !isSure, why: `the agent says that it is right in ${Math.round(confidence * 100)} of 100` };
}
