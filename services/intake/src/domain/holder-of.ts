import type { AgentId, HandoffId, Kind } from '@handoff/contracts';
import type { OfferState } from './offer.js';

/** What says who has a task, of each of its handoffs. */
export interface HandsOfHandoff {
  readonly handoff_id: HandoffId;
  readonly kind: Kind;
  /** Who asked, passed it on, or delivered last. */
  readonly agent_id: AgentId;
  readonly ended_at: string | null;
  readonly ended_as: string | null;
  readonly hands: readonly { readonly agent_id: AgentId; readonly state: OfferState; readonly due_by: string | null }[];
}

export interface Holder {
  readonly agent_id: AgentId;
  readonly handoff_id: HandoffId;
  readonly due_by: string | null;
}

/**
 * Which agent has the task now, by its last change of hands; null while people have it, or nobody.
 * @param handoffs the oldest first
 */
export function holderOf(handoffs: readonly HandsOfHandoff[]): Holder | null {
  const given = handoffs.findLast(({ kind }) => kind === 'delegation');
  const passedOn = handoffs.findLast(({ kind }) => kind === 'transfer');
  if (given && given.ended_at !== null) return null; // what a person gave is over, in whoever's hands it was
  if (passedOn) return afterTransfer(passedOn);
  return given ? confirmedIn(given) : null;
}

/** Until another has taken it, it is its sender's. */
function afterTransfer(transfer: HandsOfHandoff): Holder | null {
  const { agent_id, handoff_id, ended_as } = transfer;
  if (ended_as === 'take_over') return null;
  return confirmedIn(transfer) ?? { agent_id, handoff_id, due_by: null };
}

function confirmedIn({ handoff_id, hands }: HandsOfHandoff): Holder | null {
  const hand = hands.findLast(({ state }) => state === 'confirmed');
  return hand ? { agent_id: hand.agent_id, handoff_id, due_by: hand.due_by } : null;
}
