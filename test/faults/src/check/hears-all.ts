import type { Heard } from '../drive/ears.js';
import type { History } from './history.js';
import { doubled, lost, type Invariant, type Violation } from './violation.js';

/** An agent that listens, at its stream or its webhook, is told each word that is to it, and may tell by its id whether it has heard it before. */
export const hearsAll: Invariant = ({ history, heard, setBack }) =>
  [...heard].flatMap(([agentId, things]) => {
    const said = saidTo(agentId, history);
    const feedback = history.of('handoff.feedback').filter(({ facts }) => facts.agentId === agentId).length;
    const told = (name: string) => things.filter((it) => nameOf(it) === name).length;
    const found = [...said.map((name) => [name, 1, told(name)] as const), ['feedback', feedback, told('feedback')] as const];
    return found.flatMap(([name, most, times]) => compared(agentId, name, most, times, setBack.has('intake')));
  });

function compared(agentId: string, name: string, said: number, told: number, mayBeToldAnew: boolean): readonly Violation[] {
  if (told < said) return [lost('told what there is to do', `${agentId} was told "${name}" ${told} times, and it was said ${said} times`)];
  if (told === said || mayBeToldAnew) return [];
  return [
    doubled('told what there is to do', `${agentId} was told "${name}" ${told} times under as many ids, and it was said ${said} times`),
  ];
}

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
