import type { Heard } from '../drive/ears.js';
import type { History } from './history.js';
import { doubled, lost, type Invariant, type Violation } from './violation.js';

/**
 * An agent that listens, at its stream or its webhook, is told each word that is to it, and may tell by its id whether it has heard it before. Of feedback
 * the newest revision: an older one that comes behind it has nothing to say.
 */
export const hearsAll: Invariant = ({ history, heard, setBack }) =>
  [...heard].flatMap(([agentId, things]) => {
    const revisions = history
      .of('handoff.feedback')
      .filter(({ facts }) => facts.agentId === agentId)
      .map(({ sequence }) => sequence);
    const newest = Math.max(0, ...revisions);
    const isTold = newest === 0 || things.some(({ kind, data }) => kind === 'feedback' && data['revision'] === newest);
    const told = (name: string) => things.filter((it) => nameOf(it) === name).length;
    const words = saidTo(agentId, history);
    return [
      ...words.filter((name) => told(name) === 0).map((name) => lost(PROMISE, `${agentId} was not told "${name}"`)),
      ...(isTold ? [] : [lost(PROMISE, `${agentId} was not told revision ${newest} of its feedback`)]),
      ...(setBack.has('intake') ? [] : words.flatMap((name) => tooOften(agentId, name, told(name), 1))),
      ...(setBack.has('intake') ? [] : tooOften(agentId, 'feedback', told('feedback'), revisions.length)),
    ];
  });

const PROMISE = 'told what there is to do';

const tooOften = (agentId: string, name: string, told: number, said: number): readonly Violation[] =>
  told > said ? [doubled(PROMISE, `${agentId} was told "${name}" ${told} times under as many ids, and it was said ${said} times`)] : [];

const nameOf = ({ kind, word }: Heard): string => (kind === 'feedback' ? kind : `${kind} ${word}`);

const saidTo = (agentId: string, history: History): readonly string[] => [
  ...history
    .of('handoff.assignments')
    .filter(({ facts }) => facts.agentId === agentId)
    .map(({ event, sequence }) => `assignment ${event} ${sequence}`),
  ...history
    .of('handoff.decisions')
    .filter(({ facts }) => facts.agentId === agentId)
    .map(({ facts }) => `decision ${facts.decisionId}`),
];
