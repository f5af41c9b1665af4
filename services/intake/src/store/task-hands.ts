import type { HandoffId, PersonId, Spent, TaskId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { HandsOfHandoff } from '../domain/holder-of.js';
import { spentView, type SpentView } from '../domain/spent-view.js';
import type { Status } from '../domain/progress.js';
import type { CallingAgent } from './agent-keys.js';
import { OFFER_STATE } from './offers.js';
import { rfc3339 } from './rfc3339.js';

export interface Hand {
  readonly offer_id: string;
  readonly history: readonly { readonly event: string; readonly at: string }[];
}

export interface TaskHandoff extends HandsOfHandoff {
  readonly task_id: TaskId;
  readonly status: Status;
  readonly accepted_at: string;
  /** Of an escalation: the delegation that it was asked within. */
  readonly within: HandoffId | null;
  /** The people who ended it. */
  readonly ended_by: readonly PersonId[];
  readonly hands: readonly (Hand & HandsOfHandoff['hands'][number])[];
  /** Of a budget; null until an agent tells of it. */
  readonly spent: SpentView | null;
}

const MOST = 100;

/** Whether two handoffs, `p` and `h`, belong to one chain: asked within the same, passed on one after the other, or given to who passed it on first. */
const IN_ONE_CHAIN = `h.within = p.handoff_id OR p.within = h.handoff_id OR h.within = p.within
  OR (h.task_id = p.task_id AND (h.origin = p.origin OR h.origin = ANY (p.holders) OR p.origin = ANY (h.holders)))`;

/**
 * The oldest first: what this agent asked, and all that was given and passed on in a chain in which it has a part, with what was asked within
 * it, under whatever task. Its name opens no task: whoever names it in a task of its own sees that alone.
 */
export async function handsOf(db: EntityManager, { tenant, agentId }: CallingAgent, taskId: TaskId): Promise<TaskHandoff[]> {
  const found = await rows<Omit<TaskHandoff, 'spent'> & { readonly spent: Spent | null }>(
    db,
    `WITH RECURSIVE of_task AS (SELECT handoff_id, within FROM handoffs WHERE tenant = $1 AND task_id = $3 AND accepted_at IS NOT NULL),
       family AS (SELECT handoff_id FROM of_task UNION SELECT within FROM of_task
         UNION SELECT h.handoff_id FROM handoffs h JOIN of_task t ON h.within IN (t.handoff_id, t.within)),
       seen AS (
         SELECT h.*, CASE WHEN h.kind = 'transfer' THEN coalesce(h.hands ->> 0, h.agent_id) END AS origin,
           CASE WHEN h.kind = 'delegation' THEN ARRAY(SELECT o.agent_id FROM offers o WHERE o.handoff_id = h.handoff_id AND o.history @> '[{"event": "confirmed"}]') END AS holders,
           $2 IN (h.agent_id, h.given_by) OR EXISTS (SELECT FROM offers o WHERE o.handoff_id = h.handoff_id AND o.agent_id = $2) AS own
         FROM family JOIN handoffs h USING (handoff_id) WHERE h.tenant = $1 AND h.accepted_at IS NOT NULL ORDER BY h.number LIMIT ${MOST}),
       chain AS (SELECT handoff_id FROM seen WHERE own
         UNION SELECT h.handoff_id FROM chain JOIN seen p USING (handoff_id) JOIN seen h ON ${IN_ONE_CHAIN})
     SELECT h.handoff_id, h.task_id, h.kind, h.agent_id, h.within, h.status, ${rfc3339('h.accepted_at')} AS accepted_at, ${rfc3339('h.ended_at')} AS ended_at,
       h.decision ->> 'type' AS ended_as, h.progress -> 'asked' -> 'spent' AS spent, jsonb_path_query_array(coalesce(h.decision, '{}'), '$.decided_by[*].subject') AS ended_by,
       coalesce((SELECT jsonb_agg(jsonb_build_object('offer_id', o.offer_id, 'agent_id', o.agent_id, 'state', ${OFFER_STATE},
         'due_by', o.due_by, 'history', o.history) ORDER BY o.number) FROM offers o WHERE o.handoff_id = h.handoff_id), '[]') AS hands
     FROM seen h JOIN chain USING (handoff_id)
     ORDER BY h.number`,
    [tenant, agentId, taskId],
  );
  return found.map((it) => ({ ...it, spent: it.spent && spentView(it.spent) }));
}
