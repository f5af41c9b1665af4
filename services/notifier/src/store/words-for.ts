import type { EntityManager } from '@handoff/store';
import { wordsOf, type Words } from '../domain/message-words.js';
import { FALLBACK } from '../domain/plan-notifications.js';
import { messageFor } from '../domain/write-message.js';
import { findToken } from './action-tokens.js';
import { itemOf } from './desk-items.js';
import { findRow } from './desk-views.js';
import { packetsOf } from './packets.js';

/** What the handoff behind a token says now, as its copies do. */
export async function wordsFor(db: EntityManager, text: string, deskUrl: string): Promise<Words | null> {
  const token = await findToken(db, text);
  const row = token && (await findRow(db, token.tenant, token.handoff_id));
  if (!row) return null;
  const kept = (await packetsOf(db, [{ handoffId: row.handoff_id, version: row.packet_version }])).get(row.handoff_id);
  const key = { handoffId: row.handoff_id, level: 0, cycle: 0, recipient: FALLBACK };
  const message = messageFor(key, itemOf(row), kept?.packet ?? null, row.decision, deskUrl);
  return message && wordsOf(message);
}
