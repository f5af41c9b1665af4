import type { Transaction } from '@handoff/bus';
import { assertNever, type HandoffId } from '@handoff/contracts';
import type { HeldEvent } from '../domain/held-event.js';
import { wordOf } from '../domain/word-of.js';

export function loadHeld(tx: Transaction, ids: readonly HandoffId[]): Promise<HeldEvent[]> {
  return tx.rows<HeldEvent>(
    `SELECT handoff_id AS "handoffId", kind, tenant, event FROM held_events WHERE handoff_id = ANY ($1::uuid[]) ORDER BY held_at, identity`,
    [ids],
  );
}

export async function recordHeld(tx: Transaction, held: readonly HeldEvent[]): Promise<void> {
  if (held.length === 0) return;
  await tx.rows(
    `INSERT INTO held_events (handoff_id, kind, identity, tenant, event, held_at)
     SELECT "handoffId", kind, identity, tenant, event, handoff_now()
     FROM jsonb_to_recordset($1) AS r ("handoffId" uuid, kind text, identity text, tenant text, event jsonb)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(held.map((it) => ({ ...it, identity: identityOf(it) })))],
  );
}

export async function dropHeld(tx: Transaction, ids: readonly HandoffId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.rows('DELETE FROM held_events WHERE handoff_id = ANY ($1::uuid[])', [ids]);
}

/** The same event again is the same row. */
function identityOf(held: HeldEvent): string {
  switch (held.kind) {
    case 'clock':
    case 'move':
    case 'reply':
    case 'said':
      return String(held.event.sequence);
    case 'decision':
      return held.event.decision_id;
    case 'superseded':
      return held.event.by;
    case 'told':
      return wordOf(held.event);
    default:
      return assertNever(held);
  }
}
