import type { AgentId, AssignmentEvent, HandoffId, OfferId } from '@handoff/contracts';

/** `delivered`: until it is sent back or ends. The last two are for good. */
export type OfferState = 'offered' | 'confirmed' | 'delivered' | 'lapsed' | 'cancelled';

/** A task that an agent was offered once, and what became of it. */
export interface Offer {
  readonly offerId: OfferId;
  readonly handoffId: HandoffId;
  readonly agentId: AgentId;
  readonly state: OfferState;
}

/** What each word of routing makes of an offer, and from which states; what comes late, or again, changes nothing. */
export const OFFER_MOVES: Readonly<Partial<Record<AssignmentEvent, { readonly to: OfferState; readonly from: readonly OfferState[] }>>> = {
  offered: { to: 'offered', from: [] },
  confirmed: { to: 'confirmed', from: ['offered'] },
  changes_requested: { to: 'confirmed', from: ['delivered', 'confirmed'] },
  lapsed: { to: 'lapsed', from: ['offered', 'confirmed', 'delivered'] },
  cancelled: { to: 'cancelled', from: ['offered', 'confirmed', 'delivered'] },
};
