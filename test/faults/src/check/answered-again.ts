import type { History } from './history.js';

export interface Rejection {
  readonly decisionId: string;
  readonly decidedAt: string;
}

export const rejectionsOf = (history: History): readonly Rejection[] =>
  history.of('handoff.decisions', 'reject').map(({ facts }) => ({ decisionId: facts.decisionId ?? '', decidedAt: facts.decidedAt ?? '' }));

/**
 * Nobody was ever asked: all that routing said of it is that the rejection of another of this task answers it, and it came after that
 * rejection. Any other handoff beyond those of its plan is one too many.
 * @param rejections of the same task's other handoffs, those included that were checked and forgotten
 */
export function isAnsweredAgain(history: History, rejections: readonly Rejection[]): boolean {
  const [end, ...more] = history.of('handoff.routed');
  if (end?.event !== 'end' || more.length > 0) return false;
  const acceptedAt = Date.parse(history.of('handoff.accepted')[0]?.facts.acceptedAt ?? '');
  return rejections.some(({ decisionId, decidedAt }) => decisionId === end.facts.repeats && Date.parse(decidedAt) <= acceptedAt);
}
