import { lost, wrong, type Invariant } from './violation.js';

const AT_MOST_MS = 5000;

/** Nobody is asked about what has been over for five seconds. */
export const nobodyIsAskedTooLate: Invariant = ({ history, task, fault }) => {
  const [decision] = history.of('handoff.decisions');
  if (!decision || !task) return [];
  const told = task.promised.find(({ handoffId }) => handoffId === history.handoffId)?.at;
  const endedAt = fault?.movesClocks ? told : Date.parse(decision.facts.decidedAt ?? '');
  if (endedAt === undefined) return [];
  return task.pages
    .filter(({ handoffId, at }) => handoffId === history.handoffId && at > endedAt + AT_MOST_MS)
    .map(({ at, recipient }) => wrong('nobody is asked too late', `${recipient} was asked ${at - endedAt} ms after the end`));
};

/** Whoever the topic says was told was told, as often. A message names the level of its sending, so levels are not compared. */
export const toldMeansTold: Invariant = ({ history, task }) => {
  const pages = (task?.pages ?? []).filter(({ handoffId }) => handoffId === history.handoffId);
  const told = history.of('handoff.notified', 'delivered').filter(({ facts }) => facts.channel === 'webhook' && facts.recipient);
  return [...new Set(told.map(({ facts }) => facts.recipient))].flatMap((who) => {
    const [said, heard] = [
      told.filter(({ facts }) => facts.recipient === who).length,
      pages.filter(({ recipient }) => recipient === who).length,
    ];
    return said > heard ? [lost('told means told', `${who} was told ${said} times, and heard ${heard}`)] : [];
  });
};

/** Whoever is asked hears of it: a person who looks at the queue by himself must not be the only way. */
export const somebodyIsTold: Invariant = ({ history, task }) => {
  const isAsked = history.of('handoff.routed', 'asked').some(({ facts }) => facts.page);
  const byPerson = (history.of('handoff.decisions')[0]?.facts.decidedBy ?? []).length > 0;
  const isTold = task?.pages.some(({ handoffId }) => handoffId === history.handoffId);
  return isAsked && byPerson && !isTold ? [lost('somebody is told', 'nobody was ever told of it')] : [];
};

/** What is asked of people reaches somebody soon, where the fault promises that; what is given to agents does when it is delivered. */
export const toldSoon: Invariant = ({ history, task, fault }) => {
  const [accepted] = history.of('handoff.accepted', 'accepted');
  const [page] = (task?.pages ?? []).filter(({ handoffId }) => handoffId === history.handoffId);
  if (!accepted || !page || history.isGiven || fault?.toldWithinMs === undefined) return [];
  const took = page.at - Date.parse(accepted.facts.acceptedAt ?? '');
  return took > fault.toldWithinMs ? [wrong('told soon', `${page.recipient} was told ${took} ms after the acceptance`)] : [];
};
