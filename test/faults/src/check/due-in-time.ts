import type { EventRecord } from './history.js';
import { doubled, lost, wrong, type Invariant } from './violation.js';

/**
 * A task that is needed by an instant: late once at most, told to whoever works on it as often as to people, and settled once by its last delivery.
 * What was delivered before a clock that stood still had looked is late by its result alone.
 */
export const dueInTime: Invariant = ({ history, setBack }) => {
  const accepted = history.of('handoff.accepted');
  const [dueBy, deliveredAt] = [accepted[0]?.facts.dueBy, accepted.at(-1)?.facts.deliveredAt];
  if (!dueBy) return [];
  const clocks = history.of('handoff.clock').filter(({ facts: { clock } }) => clock === 'due_by');
  const late = clocks.filter(({ event }) => event === 'breached').length;
  const results = clocks.filter(({ event }) => event === 'result');
  const isMet = results[0]?.facts.isMet;
  const warnings = history.of('handoff.moves', 'warning');
  const heard = history.of('handoff.assignments', 'warning').length;
  const toHear = warnings.filter(({ facts: { agentId } }) => agentId).length;
  const isOverdue = deliveredAt !== '' && deliveredAt !== undefined && deliveredAt > dueBy;
  return [
    ...(late > 1 ? [doubled('due in time', `it was late ${late} times`)] : []),
    ...(results.length > 1 ? [doubled('due in time', `${results.length} results`)] : []),
    ...(deliveredAt && results.length === 0
      ? [lost('due in time', `due by ${dueBy} and delivered at ${deliveredAt}, and no result was told`)]
      : []),
    ...(deliveredAt && isMet === isOverdue
      ? [wrong('due in time', `delivered at ${deliveredAt}, due by ${dueBy}, and said to be ${isMet ? 'met' : 'missed'}`)]
      : []),
    ...twice(warnings).map((it) => doubled('due in time', `${it} is told twice`)),
    ...(heard !== toHear && !setBack.has('notifier')
      ? [wrong('due in time', `${toHear} warnings are for an agent, and ${heard} were told to one`)]
      : []),
  ];
};

function twice(warnings: readonly EventRecord[]): readonly string[] {
  const told = warnings.filter(({ facts: { term } }) => term !== 'decision_rights').map(({ facts: { term, share } }) => `${term} ${share}`);
  return [...new Set(told.filter((it, at) => told.indexOf(it) !== at))];
}
