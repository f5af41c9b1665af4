import type { HandoffAssignment } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { OfferState } from '../domain/offer.js';
import type { CallingAgent } from './agent-keys.js';

/** The last word on one task, as on the topic, and what it came to. */
export type OfferView = HandoffAssignment & { readonly state: OfferState };

/** The newest first. */
export async function offersTo(
  db: EntityManager,
  { tenant, agentId }: CallingAgent,
  state: OfferState | null,
  limit: number,
): Promise<readonly OfferView[]> {
  const found = await rows<{ readonly told: HandoffAssignment; readonly state: OfferState }>(
    db,
    `SELECT told, state FROM offers WHERE tenant = $1 AND agent_id = $2 AND ($3::text IS NULL OR state = $3) ORDER BY number DESC LIMIT $4`,
    [tenant, agentId, state, limit],
  );
  return found.map(({ told, state: now }) => ({ ...told, state: now }));
}
