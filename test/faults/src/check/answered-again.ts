import type { History } from './history.js';

/**
 * Nobody was ever asked: all that routing said of it is that the rejection of another of this task answers it, and it came after that
 * rejection. Any other handoff beyond those of its plan is one too many.
 */
export function isAnsweredAgain(history: History, ofTask: readonly History[]): boolean {
  const [end, ...more] = history.of('handoff.routed');
  if (end?.event !== 'end' || more.length > 0) return false;
  const acceptedAt = Date.parse(history.of('handoff.accepted')[0]?.facts.acceptedAt ?? '');
  const rejections = ofTask.filter((other) => other !== history).flatMap((other) => other.of('handoff.decisions', 'reject'));
  return rejections.some(({ facts }) => facts.decisionId === end.facts.repeats && Date.parse(facts.decidedAt ?? '') <= acceptedAt);
}
