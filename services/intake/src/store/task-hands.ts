import type { TaskId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { HandsOfHandoff } from '../domain/holder-of.js';
import type { Status } from '../domain/progress.js';
import type { CallingAgent } from './agent-keys.js';

export interface Hand {
  readonly offer_id: string;
  readonly history: readonly { readonly event: string; readonly at: string }[];
}

export interface TaskHandoff extends HandsOfHandoff {
  readonly status: Status;
  readonly accepted_at: string;
  readonly hands: readonly (Hand & HandsOfHandoff['hands'][number])[];
}

const MOST = 100;
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The oldest first: what this agent asked, and all that was given and passed on where it had a part in that. */
export function handsOf(db: EntityManager, { tenant, agentId }: CallingAgent, taskId: TaskId): Promise<TaskHandoff[]> {
  return rows<TaskHandoff>(
    db,
    `WITH of_task AS (
       SELECT h.*, h.agent_id = $2 OR EXISTS (SELECT FROM offers o WHERE o.handoff_id = h.handoff_id AND o.agent_id = $2) AS own
       FROM handoffs h WHERE h.tenant = $1 AND h.task_id = $3 AND h.accepted_at IS NOT NULL ORDER BY h.number LIMIT ${MOST})
     SELECT h.handoff_id, h.kind, h.agent_id, h.status, ${instant('h.accepted_at')} AS accepted_at, ${instant('h.ended_at')} AS ended_at,
       h.decision ->> 'type' AS ended_as,
       coalesce((SELECT jsonb_agg(jsonb_build_object('offer_id', o.offer_id, 'agent_id', o.agent_id, 'state', o.state,
         'due_by', o.due_by, 'history', o.history) ORDER BY o.number) FROM offers o WHERE o.handoff_id = h.handoff_id), '[]') AS hands
     FROM of_task h
     WHERE h.own OR (h.kind <> 'escalation' AND EXISTS (SELECT FROM of_task p WHERE p.kind <> 'escalation' AND p.own))
     ORDER BY h.number`,
    [tenant, agentId, taskId],
  );
}
