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

/** Whoever the topic says was told was told. */
export const toldMeansTold: Invariant = ({ history, task }) => {
  const heard = new Set(
    (task?.pages ?? []).filter(({ handoffId }) => handoffId === history.handoffId).map(({ recipient, level }) => `${recipient}/${level}`),
  );
  return history
    .of('handoff.notified', 'delivered')
    .filter(({ facts }) => facts.channel === 'webhook' && facts.recipient && !heard.has(`${facts.recipient}/${facts.level}`))
    .map(({ facts: { recipient, level } }) => lost('told means told', `${recipient} heard nothing of level ${level}`));
};

/** What is accepted reaches somebody soon, where the fault promises that. */
export const toldSoon: Invariant = ({ history, task, fault }) => {
  const [accepted] = history.of('handoff.accepted', 'accepted');
  const [page] = (task?.pages ?? []).filter(({ handoffId }) => handoffId === history.handoffId);
  if (!accepted || !page || fault?.toldWithinMs === undefined) return [];
  const took = page.at - Date.parse(accepted.facts.acceptedAt ?? '');
  return took > fault.toldWithinMs ? [wrong('told soon', `${page.recipient} was told ${took} ms after the acceptance`)] : [];
};
