import type { AgentId, HandoffAssignment } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { AgentsQuestion, AgentsWarning, AskedOfAgent } from '../domain/asked-of-agent.js';
import type { OfferState } from '../domain/offer.js';
import type { CallingAgent } from './agent-keys.js';
import { OFFER_STATE } from './offers.js';

/** The last word on whose turn one task is, as on the topic, and what it came to. */
export type OfferView = HandoffAssignment & {
  readonly state: OfferState;
  /** What this agent asked people for its sake. */
  readonly asks: readonly AgentsQuestion[];
  /** Of its terms that come to their end. */
  readonly warnings: readonly AgentsWarning[];
};

/** The newest first. */
export async function offersTo(
  db: EntityManager,
  { tenant, agentId }: CallingAgent,
  state: OfferState | null,
  limit: number,
): Promise<readonly OfferView[]> {
  const found = await rows<OfferRow>(
    db,
    `SELECT o.told, ${OFFER_STATE} AS state, h.progress -> 'asked' AS asked FROM offers o LEFT JOIN handoffs h USING (handoff_id)
     WHERE o.tenant = $1 AND o.agent_id = $2 AND ($3::text IS NULL OR ${OFFER_STATE} = $3) ORDER BY o.number DESC LIMIT $4`,
    [tenant, agentId, state, limit],
  );
  const isOwn = ({ agent_id }: { readonly agent_id?: AgentId }): boolean => agent_id === agentId;
  return found.map(({ told, state: now, asked }) => ({
    ...told,
    state: now,
    asks: asked?.asks?.filter(isOwn) ?? [],
    warnings: asked?.warnings?.filter(isOwn) ?? [],
  }));
}

interface OfferRow {
  readonly told: HandoffAssignment;
  readonly state: OfferState;
  readonly asked: AskedOfAgent | null;
}
