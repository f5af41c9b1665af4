import type { AgentId, HandoffFeedback, TenantId } from '@handoff/contracts';
import { instantOf, microsecondsOf, rows, type EntityManager, type PageCursor } from '@handoff/store';

/** A transaction's instant is that of its beginning, so what is younger may still be joined by something before it. */
const SETTLED_SECONDS = 2;

type GivenRow = Omit<HandoffFeedback, 'at'> & PageCursor & { readonly at: Date };

/** What an agent heard, every revision of it, the oldest first. */
export async function givenFeedback(
  db: EntityManager,
  { tenant, agentId }: { readonly tenant: TenantId; readonly agentId: AgentId },
  after: PageCursor | null,
  limit: number,
): Promise<readonly GivenRow[]> {
  return await rows<GivenRow>(
    db,
    `SELECT e.tenant, l.handoff_id, l.revision AS sequence, d.packet_version, d.decision ->> 'agent_id' AS agent_id, d.decision ->> 'task_id' AS task_id,
            d.decision_id, l.revision, l.escalation, l.recommendation, l.note, l.labelled_at AS at, l.handoff_id AS id, ${microsecondsOf('l.labelled_at')}
     FROM labels l JOIN examples e USING (handoff_id) JOIN decisions d USING (handoff_id)
     WHERE e.tenant = $1 AND d.decision ->> 'agent_id' = $2 AND l.labelled_at <= (SELECT handoff_now() - make_interval(secs => ${SETTLED_SECONDS}))
       AND ($3::text IS NULL OR (l.labelled_at, l.handoff_id) > (${instantOf('$3')}, $4::uuid))
     ORDER BY l.labelled_at, l.handoff_id LIMIT $5`,
    [tenant, agentId, after?.us ?? null, after?.id ?? null, limit],
  );
}
