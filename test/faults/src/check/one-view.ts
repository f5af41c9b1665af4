import { saidLater } from './ends-once.js';
import type { EventRecord, History } from './history.js';
import { OFFER_WORDS } from './one-owner.js';
import { doubled, lost, wrong, type Invariant, type Violation } from './violation.js';

/** The agent's door, the desk, routing, the clocks and feedback all say what the topic says: it is over, and how. */
export const oneView: Invariant = ({ history, reports, standing: { intake, routing, slaMonitor, notifier, feedback } }) => {
  const decisionId = history.of('handoff.decisions')[0]?.facts.decisionId;
  const same = (who: string, id: string | null | undefined): readonly Violation[] =>
    id === decisionId
      ? []
      : [id ? wrong('one view', `${who} has decision ${id}, the topic ${decisionId}`) : lost('one view', `${who} has no decision`)];
  const over = (who: string, state: string | undefined): readonly Violation[] =>
    state === 'ended' ? [] : [lost('one view', `to ${who} it is ${state ?? 'unknown'}`)];
  return [
    ...same('intake', intake?.decisionId),
    ...same('notifier', notifier?.decisionId),
    ...(history.isGiven ? [] : same('feedback', feedback?.decisionId)), // who was given a task has not asked for anything
    ...over('routing', routing?.state),
    ...over('sla-monitor', slaMonitor?.state),
    ...over('notifier', notifier?.state),
    ...(history.isGiven ? [] : newestFeedback(history, intake?.feedback ?? null)),
    ...(intake && intake.pending > 0 ? [lost('one view', `${intake.pending} requests of its agent are still pending`)] : []),
    ...(feedback && feedback.labels > 1 + saidLater(history, reports) ? [doubled('one view', `${feedback.labels} labels`)] : []),
    ...(slaMonitor && slaMonitor.clocks > 0 ? [wrong('no clock after the end', `${slaMonitor.clocks} clocks are still armed`)] : []),
    ...(notifier && notifier.unsent > 0 ? [wrong('one view', `${notifier.unsent} notifications are still to be sent`)] : []),
  ];
};

function newestFeedback(history: History, heard: number | null): readonly Violation[] {
  const newest = history.of('handoff.feedback').at(-1)?.sequence ?? 1;
  return heard !== null && heard >= newest
    ? []
    : [lost('one view', `its agent reads feedback ${heard ?? 'of none'}, the topic has ${newest}`)];
}

/** What a service counts in its row has its event on the topic: from 1 on, none missing. */
export const everyChangeHasItsEvent: Invariant = ({ history, standing: { routing, slaMonitor, notifier }, setBack }) => [
  ...complete('routing', history.of('handoff.routed'), routing?.sequence ?? 0),
  ...(setBack.has('sla-monitor') ? [] : complete('sla-monitor', history.of('handoff.clock'), slaMonitor?.sequence ?? 0)),
  ...complete(
    'notifier',
    [
      ...['handoff.notified', 'handoff.moves', 'handoff.decisions'].flatMap((topic) => history.of(topic)),
      ...history.of('handoff.assignments').filter(({ event }) => !OFFER_WORDS.has(event)),
    ],
    notifier?.sequence ?? 0,
  ),
];

function complete(who: string, events: readonly EventRecord[], last: number): readonly Violation[] {
  const there = new Set(events.map(({ sequence }) => sequence));
  const missing = Array.from({ length: last }, (_, at) => at + 1).filter((sequence) => !there.has(sequence));
  const beyond = [...there].filter((sequence) => sequence > last);
  return [
    ...(missing.length > 0 ? [lost('every change has its event', `${who}'s ${missing.join(', ')} of ${last} are not on the topic`)] : []),
    ...(beyond.length > 0
      ? [wrong('every change has its event', `${who}'s ${beyond.join(', ')} are on the topic, and its row is at ${last}`)]
      : []),
    ...(events.length > there.size ? [doubled('every change has its event', `${who} used a sequence for two events`)] : []),
  ];
}
