import type { ReadHistory } from '@handoff/runtime';
import { rows } from '@handoff/store';
import { tellTurns, type Told } from '../domain/tell-turns.js';

export const historyOf: ReadHistory = async (db, { tenant, handoffId }) => {
  const [row] = await rows<Told>(db, `SELECT routed, asked_at AS "askedAt", turns FROM assignments WHERE handoff_id = $1 AND tenant = $2`, [
    handoffId,
    tenant,
  ]);
  return row ? tellTurns(row) : [];
};
