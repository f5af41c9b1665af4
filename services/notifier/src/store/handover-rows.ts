import type { PersonId, TeamId, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { WAITS_FOR, type DeskRow } from './desk-views.js';

export interface LastComment {
  readonly by: PersonId;
  readonly at: string;
  readonly text: string;
}

export type HandoverRow = DeskRow & { readonly comments: readonly LastComment[] };

const MOST = 500;
const LAST_COMMENTS = 3;

/** What is open of these teams' and of this person's, and what this person has taken over; the least time first, with what was said of it last. */
export function handoverRows(db: EntityManager, tenant: TenantId, person: PersonId, teams: readonly TeamId[]): Promise<HandoverRow[]> {
  return rows<HandoverRow>(
    db,
    `SELECT d.*, x.decision, clock.now, said.comments, ${WAITS_FOR}
     FROM (SELECT handoff_now() AS now) AS clock, desk_items d LEFT JOIN decisions x USING (handoff_id), LATERAL (
       SELECT coalesce(jsonb_agg(jsonb_build_object('by', c.subject, 'at', c.at, 'text', c.note) ORDER BY c.at DESC), '[]') AS comments
       FROM (SELECT subject, at, details ->> 'note' AS note FROM audit_log a
             WHERE a.handoff_id = d.handoff_id AND a.act = 'comment' ORDER BY at DESC LIMIT ${LAST_COMMENTS}) AS c) AS said
     WHERE d.tenant = $1 AND d.task_id IS NOT NULL
       AND (d.holder = $3 OR (d.state = 'open' AND (d.routed ->> 'team' = ANY($2::text[]) OR d.acknowledged_by = $3)))
     ORDER BY d.decide_by, d.handoff_id LIMIT ${MOST}`,
    [tenant, teams, person],
  );
}
