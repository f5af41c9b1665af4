import type { Transaction } from '@handoff/bus';
import type { HandoffAssignment, HandoffRouted } from '@handoff/contracts';
import type { Assignment } from '../domain/assignment.js';
import type { HeldEvent } from '../domain/held-event.js';
import { recallSaid, recallTold } from '../domain/recall.js';
import { loadAssignments, recordAssignments } from './assignments.js';
import { recordHeld } from './held-events.js';
import { lockTasks } from './locks.js';

export const recallAllSaid = (tx: Transaction, said: readonly HandoffRouted[]): Promise<void> =>
  recallAll(tx, said, recallSaid, (event) => ({ ...whose(event), kind: 'said', event }));

export const recallAllTold = (tx: Transaction, told: readonly HandoffAssignment[]): Promise<void> =>
  recallAll(tx, told, recallTold, (event) => ({ ...whose(event), kind: 'told', event }));

const whose = ({ tenant, handoff_id: handoffId }: HandoffRouted | HandoffAssignment) => ({ tenant, handoffId });

/** Puts back what our own events say and this schema has forgotten; those of a handoff that it has forgotten whole wait until that is read again. */
async function recallAll<Event extends HandoffRouted | HandoffAssignment>(
  tx: Transaction,
  events: readonly Event[],
  recall: (assignment: Assignment, event: Event) => Assignment | null,
  held: (event: Event) => HeldEvent,
): Promise<void> {
  const ids = events.map(({ handoff_id }) => handoff_id);
  await lockTasks(tx, [], ids);
  const known = new Map((await loadAssignments(tx, [], ids, 0)).map((it) => [it.handoffId, it]));
  const recalled = events.flatMap((event) => {
    const assignment = known.get(event.handoff_id);
    return (assignment && recall(assignment, event)) ?? [];
  });
  const unknown = events.filter(({ handoff_id }) => !known.has(handoff_id));
  await Promise.all([recordAssignments(tx, recalled), recordHeld(tx, unknown.map(held))]);
}
