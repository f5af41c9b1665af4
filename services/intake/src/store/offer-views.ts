import type { HandoffAssignment } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { AgentsQuestion, AgentsWarning, AskedOfAgent } from '../domain/asked-of-agent.js';
import type { OfferState } from '../domain/offer.js';
import type { CallingAgent } from './agent-keys.js';

/** The last word on whose turn one task is, as on the topic, and what it came to. */
export type OfferView = HandoffAssignment & {
  readonly state: OfferState;
  /** What this agent asked people for its sake. */
  readonly asks: readonly AgentsQuestion[];
  /** Of its terms that come to their end. */
  readonly warnings: readonly AgentsWarning[];
};

/** What was approved had been delivered, also where a schema that was set back has read no more than that it was confirmed. */
const STATE = `CASE WHEN o.state = 'confirmed' AND h.decision ->> 'type' = 'approve' THEN 'delivered' ELSE o.state END`;

/** The newest first. */
export async function offersTo(
  db: EntityManager,
  { tenant, agentId }: CallingAgent,
  state: OfferState | null,
  limit: number,
): Promise<readonly OfferView[]> {
  const found = await rows<OfferRow>(
    db,
    `SELECT o.told, ${STATE} AS state, h.progress -> 'asked' AS asked FROM offers o LEFT JOIN handoffs h USING (handoff_id)
     WHERE o.tenant = $1 AND o.agent_id = $2 AND ($3::text IS NULL OR ${STATE} = $3) ORDER BY o.number DESC LIMIT $4`,
    [tenant, agentId, state, limit],
  );
  return found.map(({ told, state: now, asked }) => ({
    ...told,
    state: now,
    asks: (asked?.asks ?? []).filter(({ agent_id }) => agent_id === agentId),
    warnings: (asked?.warnings ?? []).filter(({ agent_id }) => agent_id === agentId),
  }));
}

interface OfferRow {
  readonly told: HandoffAssignment;
  readonly state: OfferState;
  readonly asked: AskedOfAgent | null;
}
