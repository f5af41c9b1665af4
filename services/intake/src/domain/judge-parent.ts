import { fault, type AgentId, type Fault, type HandoffId, type Parent, type TaskId } from '@handoff/contracts';
import type { OfferState } from './offer.js';

/** A delegation that an escalation names, as far as it is known here. */
export interface NamedDelegation {
  readonly handoffId: HandoffId;
  readonly taskId: TaskId;
  readonly ended: boolean;
  readonly offers: readonly { readonly agent_id: AgentId; readonly state: OfferState }[];
}

export type JudgedParent =
  { readonly kind: 'fit'; readonly within: HandoffId | null } | { readonly kind: 'unfit'; readonly faults: readonly Fault[] };

/**
 * The delegation that an escalation is asked within: one that its agent holds. What is known to be another's, or over, is refused, as its
 * agent has to stop. A reference to anything else stands as it is: nobody's question is turned away for it, and nothing is said of others' handoffs.
 * @param named the oldest first: by its id, or else by its task
 */
export function judgeParent(sender: AgentId, parent: Parent, named: readonly NamedDelegation[]): JudgedParent {
  const { handoff_id: id, task_id: taskId } = parent;
  if (id === undefined) return fit(named.findLast((it) => !it.ended && mayHold(sender, it)) ?? null);
  const delegation = named.find(({ handoffId }) => handoffId === id) ?? null;
  const faults = delegation ? faultsOf(sender, delegation, taskId ?? null) : [];
  return faults.length > 0 ? { kind: 'unfit', faults } : fit(delegation);
}

const fit = (delegation: NamedDelegation | null): JudgedParent => ({ kind: 'fit', within: delegation?.handoffId ?? null });

function faultsOf(sender: AgentId, delegation: NamedDelegation, taskId: string | null): readonly Fault[] {
  const { handoffId, ended } = delegation;
  if (ended)
    return [fault('parent.handoff_id', 'already_ended', `Delegation ${handoffId} has ended: stop, and ask nothing more for its sake.`)];
  if (!mayHold(sender, delegation))
    return [
      fault('parent.handoff_id', 'not_holder', `Delegation ${handoffId} is not ${sender}'s; only whoever holds it may ask within it.`),
    ];
  return taskId === null || taskId === delegation.taskId
    ? []
    : [
        fault(
          'parent.task_id',
          'not_allowed_value',
          `Delegation ${handoffId} is of task ${delegation.taskId}; leave this out, or name that.`,
        ),
      ];
}

/** Agents hear as soon as we do that a task is theirs, or theirs again: what stands and is not yet known to be confirmed may be by now. */
const MAY_BE_HELD: ReadonlySet<OfferState> = new Set(['offered', 'confirmed', 'delivered']);

const mayHold = (sender: AgentId, { offers }: NamedDelegation): boolean =>
  offers.some(({ agent_id, state }) => agent_id === sender && MAY_BE_HELD.has(state));
