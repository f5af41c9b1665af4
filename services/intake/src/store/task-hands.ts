import type { AgentId, HandoffId, Kind, TaskId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { OfferState } from '../domain/offer.js';
import type { Status } from '../domain/progress.js';
import type { CallingAgent } from './agent-keys.js';

export interface Hand {
  readonly offer_id: string;
  readonly agent_id: AgentId;
  readonly state: OfferState;
  readonly due_by: string | null;
  readonly history: readonly { readonly event: string; readonly at: string }[];
}

export interface TaskHandoff {
  readonly handoff_id: HandoffId;
  readonly kind: Kind;
  /** Who asked, or delivered last. */
  readonly agent_id: AgentId;
  readonly status: Status;
  readonly accepted_at: string;
  readonly ended_at: string | null;
  readonly hands: readonly Hand[];
}

const MOST = 100;
const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The oldest first: of the task's handoffs those in which this agent had a part. */
export function handsOf(db: EntityManager, { tenant, agentId }: CallingAgent, taskId: TaskId): Promise<TaskHandoff[]> {
  return rows<TaskHandoff>(
    db,
    `WITH of_task AS (
       SELECT h.* FROM handoffs h WHERE h.tenant = $1 AND h.task_id = $3 AND h.accepted_at IS NOT NULL ORDER BY h.number LIMIT ${MOST})
     SELECT h.handoff_id, h.kind, h.agent_id, h.status, ${instant('h.accepted_at')} AS accepted_at, ${instant('h.ended_at')} AS ended_at,
       coalesce((SELECT jsonb_agg(jsonb_build_object('offer_id', o.offer_id, 'agent_id', o.agent_id, 'state', o.state,
         'due_by', o.due_by, 'history', o.history) ORDER BY o.number) FROM offers o WHERE o.handoff_id = h.handoff_id), '[]') AS hands
     FROM of_task h
     WHERE h.agent_id = $2 OR EXISTS (SELECT FROM offers o WHERE o.handoff_id = h.handoff_id AND o.agent_id = $2)
     ORDER BY h.number`,
    [tenant, agentId, taskId],
  );
}
