import { doubled, lost, type Invariant, type Violation } from './violation.js';

/** What a person asks of an agent reaches it once, and what the agent replies comes back once. */
export const askedAndAnswered: Invariant = ({ history, setBack }) => {
  if (setBack.has('notifier')) return [];
  const count = (topic: string, ...events: readonly string[]): number => events.flatMap((event) => history.of(topic, event)).length;
  return [
    ...same('a question', count('handoff.moves', 'request_info'), count('handoff.assignments', 'question')),
    ...same('a recall', count('handoff.moves', 'recall'), count('handoff.assignments', 'recall')),
    ...same('a hand-back', count('handoff.moves', 'hand_back'), count('handoff.assignments', 'handed_back')),
    ...same('an answer to an agent', count('handoff.moves', 'answer'), count('handoff.assignments', 'answer')),
    ...same('an answer', count('handoff.replied', 'answer'), count('handoff.moves', 'info_given')),
  ];
};

function same(what: string, said: number, heard: number): readonly Violation[] {
  if (heard < said) return [lost('asked and answered', `${what} was made ${said} times, and told on ${heard} times`)];
  return heard > said ? [doubled('asked and answered', `${what} was made ${said} times, and told on ${heard} times`)] : [];
}
