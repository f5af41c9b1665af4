import type { Transaction } from '@handoff/bus';
import type { HandoffAssignment, HandoffId, OfferId } from '@handoff/contracts';
import { OFFER_MOVES, type Offer } from '../domain/offer.js';
import { rfc3339 } from './rfc3339.js';

type OfferRow = Pick<Offer, 'state'> & {
  readonly offer_id: OfferId;
  readonly handoff_id: HandoffId;
  readonly agent_id: Offer['agentId'];
};

/**
 * The state of `offers o`, beside its `handoffs h`. What was approved had been delivered, also where a schema that was set back has read no more
 * than that it was confirmed.
 */
export const OFFER_STATE = `CASE WHEN o.state = 'confirmed' AND h.decision ->> 'type' = 'approve' THEN 'delivered' ELSE o.state END`;

/**
 * As routing tells; an update names the states that it leaves, and what is in an offer's history has been told.
 * @returns the offers of which this is news
 */
export async function keepOffers(tx: Transaction, told: readonly HandoffAssignment[]): Promise<ReadonlySet<OfferId>> {
  const rows = told.flatMap((it) => {
    const move = OFFER_MOVES[it.event];
    return move && it.offer_id ? [{ ...it, ...move, told: it }] : [];
  });
  if (rows.length === 0) return new Set();
  const moved = await tx.rows<{ offer_id: OfferId }>(
    `INSERT INTO offers AS o (offer_id, handoff_id, tenant, agent_id, state, due_by, told, told_at, history)
     SELECT offer_id, handoff_id, tenant, agent_id, r.to, due_by, told, asked_at, jsonb_build_array(jsonb_build_object('event', event, 'at', told -> 'asked_at'))
     FROM jsonb_to_recordset($1::jsonb) AS r (offer_id uuid, handoff_id uuid, tenant text, agent_id text, "to" text, due_by timestamptz, told jsonb,
       event text, asked_at timestamptz)
     ORDER BY offer_id
     ON CONFLICT (offer_id) DO UPDATE SET state = excluded.state, due_by = excluded.due_by, told = excluded.told, told_at = excluded.told_at,
       history = o.history || excluded.history
     WHERE NOT o.history @> excluded.history AND o.state = ANY (SELECT f.state FROM jsonb_to_recordset($1::jsonb) AS m (offer_id uuid, "from" jsonb),
       jsonb_array_elements_text(m."from") AS f (state) WHERE m.offer_id = excluded.offer_id)
     RETURNING o.offer_id`,
    [JSON.stringify(rows)],
  );
  return new Set(moved.map(({ offer_id }) => offer_id));
}

/** What was handed in is not handed in once more until it comes back. */
export async function keepDelivered(tx: Transaction, offers: readonly Offer[]): Promise<void> {
  const delivered = offers.filter(({ state }) => state === 'delivered').map(({ offerId }) => offerId);
  if (delivered.length > 0)
    await tx.rows(
      `UPDATE offers SET state = 'delivered',
         history = history || jsonb_build_array(jsonb_build_object('event', 'delivered', 'at', ${rfc3339('handoff_now()')}))
       WHERE offer_id = ANY($1::uuid[]) AND state = 'confirmed'`,
      [delivered],
    );
}

export async function handoffsOf(tx: Transaction, offerIds: readonly OfferId[]): Promise<ReadonlyMap<OfferId, HandoffId>> {
  if (offerIds.length === 0) return new Map();
  const found = await tx.rows<OfferRow>('SELECT offer_id, handoff_id FROM offers WHERE offer_id = ANY($1::uuid[])', [offerIds]);
  return new Map(found.map(({ offer_id, handoff_id }) => [offer_id, handoff_id]));
}

/** Of handoffs whose rows are locked; agents' own handoffs have none, and are most. */
export async function offersOf(
  tx: Transaction,
  handoffs: readonly { readonly handoff_id: HandoffId; readonly kind: string }[],
): Promise<ReadonlyMap<HandoffId, readonly Offer[]>> {
  const given = handoffs.filter(({ kind }) => kind !== 'escalation').map(({ handoff_id }) => handoff_id);
  if (given.length === 0) return new Map();
  const rows = await tx.rows<OfferRow>(
    'SELECT offer_id, handoff_id, agent_id, state FROM offers WHERE handoff_id = ANY($1::uuid[]) ORDER BY number',
    [given],
  );
  return new Map(given.map((id) => [id, rows.filter(({ handoff_id }) => handoff_id === id).map(offerOf)]));
}

const offerOf = ({ offer_id, handoff_id, agent_id, state }: OfferRow): Offer => ({
  offerId: offer_id,
  handoffId: handoff_id,
  agentId: agent_id,
  state,
});
