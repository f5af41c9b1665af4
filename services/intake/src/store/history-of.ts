import type { ReadHistory } from '@handoff/runtime';
import { rows } from '@handoff/store';
import { tellAnswer, type ToldHandoff, type ToldRequest } from '../domain/tell-answer.js';

export const historyOf: ReadHistory = async (db, { tenant, handoffId }) => {
  const [[handoff], requests] = await Promise.all([
    rows<ToldHandoff>(
      db,
      `SELECT agent_id, task_id, kind, urgency, (completeness ->> 'score')::float8 AS score, accepted_at
       FROM handoffs WHERE handoff_id = $1 AND tenant = $2`,
      [handoffId, tenant],
    ),
    rows<ToldRequest>(
      db,
      `SELECT type, reason, packet_version, state, asked_at, settled_at FROM requests WHERE handoff_id = $1 ORDER BY asked_at LIMIT 100`,
      [handoffId],
    ),
  ]);
  return handoff ? tellAnswer(handoff, requests) : [];
};
