import type { AgentId, HandoffFeedback, TenantId } from '@handoff/contracts';
import { instantOf, microsecondsOf, rows, type EntityManager, type PageCursor } from '@handoff/store';

/** A transaction's instant is that of its beginning, so what is younger may still be joined by something before it. */
const SETTLED_SECONDS = 2;

type GivenRow = Omit<HandoffFeedback, 'at'> & PageCursor & { readonly at: Date };

/** Of its index as much as the page has, however much others have heard. */
export const GIVEN = `
  SELECT e.tenant, l.handoff_id, l.revision AS sequence, d.packet_version, l.agent_id, d.decision ->> 'task_id' AS task_id,
         d.decision_id, l.revision, l.escalation, l.recommendation, l.note, l.labelled_at AS at, l.handoff_id AS id, ${microsecondsOf('l.labelled_at')}
  FROM labels l JOIN examples e USING (handoff_id) JOIN decisions d USING (handoff_id)
  WHERE e.tenant = $1 AND l.agent_id = $2 AND l.labelled_at <= (SELECT handoff_now() - make_interval(secs => ${SETTLED_SECONDS}))
    AND ($3::text IS NULL OR (l.labelled_at, l.handoff_id) > (${instantOf('$3')}, $4::uuid))
  ORDER BY l.labelled_at, l.handoff_id LIMIT $5`;

/** What an agent heard, every revision of it, the oldest first. */
export const givenFeedback = async (
  db: EntityManager,
  { tenant, agentId }: { readonly tenant: TenantId; readonly agentId: AgentId },
  after: PageCursor | null,
  limit: number,
): Promise<readonly GivenRow[]> => rows<GivenRow>(db, GIVEN, [tenant, agentId, after?.us ?? null, after?.id ?? null, limit]);
