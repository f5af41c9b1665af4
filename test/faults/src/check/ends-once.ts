import type { Report } from '../drive/ledger.js';
import type { History } from './history.js';
import { doubled, lost, wrong, type Invariant } from './violation.js';

/** One acceptance, one ending with one id, one feedback and one more for what was said of it later: however often the records came. */
export const endsOnce: Invariant = ({ history, task, reports }) => {
  const accepted = history.of('handoff.accepted', 'accepted');
  const decisions = history.of('handoff.decisions');
  const ids = new Set(decisions.map(({ facts }) => facts.decisionId));
  const feedback = history.of('handoff.feedback');
  const later = saidLater(history, reports);
  return [
    ...(accepted.length === 0 ? [lost('accepted once', 'no acceptance on the topic')] : []),
    ...(accepted.length > 1 ? [doubled('accepted once', `${accepted.length} acceptances`)] : []),
    ...(decisions.length === 0 ? [lost('ends once', 'no ending on the topic')] : []),
    ...(decisions.length > 1 || ids.size > 1 ? [doubled('ends once', `${decisions.length} endings with ${ids.size} decision ids`)] : []),
    ...(feedback.length === 0 && !history.isGiven ? [lost('feedback once', 'no feedback on the topic')] : []),
    ...(feedback.length > 1 + later
      ? [doubled('feedback once', `${feedback.length} events of feedback, and ${later} things said later`)]
      : []),
    ...(task ? [] : [wrong('asked for', 'nobody remembers having asked')]),
  ];
};

/** How often what was said of it may have been corrected: by a rating, and by word of how the task went, from its agent or from whoever took it over. */
export function saidLater(history: History, reports: readonly Report[]): number {
  return history.of('handoff.moves', 'rate').length + history.of('handoff.moves', 'done').length + reports.length;
}

/** What a person was told to be the answer is the answer, and is that person's. */
export const keepsItsWord: Invariant = ({ history, task }) => {
  const [decision] = history.of('handoff.decisions');
  return (task?.promised ?? [])
    .filter(({ handoffId }) => handoffId === history.handoffId)
    .filter(({ decisionId, by }) => decisionId !== decision?.facts.decisionId || !decision.facts.decidedBy?.includes(by))
    .map(({ by, decisionId }) => lost('keeps its word', `${by} was told that decision ${decisionId} counts, and it does not`));
};
