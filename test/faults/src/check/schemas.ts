import type { Pool } from 'pg';

/** What the five schemas hold of one handoff; null where a schema does not know it. */
export interface Standing {
  readonly handoffId: string;
  readonly intake: {
    readonly status: string;
    readonly decisionId: string | null;
    /** The revision that its agent reads; null before the first. */
    readonly feedback: number | null;
    readonly pending: number;
    /** The state of each by its id. */
    readonly offers: Readonly<Record<string, string>>;
  } | null;
  readonly routing: { readonly state: string; readonly sequence: number } | null;
  readonly slaMonitor: { readonly state: string; readonly sequence: number; readonly clocks: number } | null;
  readonly notifier: {
    readonly state: string;
    readonly sequence: number;
    readonly decisionId: string | null;
    readonly unsent: number;
  } | null;
  readonly feedback: { readonly decisionId: string | null; readonly labels: number } | null;
}

const STANDINGS = `
  SELECT asked.id AS "handoffId",
    (SELECT jsonb_build_object('status', h.status, 'decisionId', h.decision ->> 'decision_id', 'feedback', (h.feedback ->> 'revision')::int,
       'pending', (SELECT count(*) FROM intake.requests r WHERE r.handoff_id = h.handoff_id AND r.state = 'pending'),
       'offers', (SELECT coalesce(jsonb_object_agg(o.offer_id, o.state), '{}') FROM intake.offers o WHERE o.handoff_id = h.handoff_id))
     FROM intake.handoffs h WHERE h.handoff_id = asked.id) AS intake,
    (SELECT jsonb_build_object('state', a.state, 'sequence', a.sequence) FROM routing.assignments a WHERE a.handoff_id = asked.id) AS routing,
    (SELECT jsonb_build_object('state', h.state, 'sequence', h.sequence,
       'clocks', (SELECT count(*) FROM sla_monitor.clocks c WHERE c.handoff_id = h.handoff_id))
     FROM sla_monitor.handoffs h WHERE h.handoff_id = asked.id) AS "slaMonitor",
    (SELECT jsonb_build_object('state', d.state, 'sequence', d.sequence, 'decisionId', x.decision_id,
       'unsent', (SELECT count(*) FROM notifier.notifications n WHERE n.handoff_id = d.handoff_id AND n.state IN ('due', 'sending') AND n.due_at < 'infinity'))
     FROM notifier.desk_items d LEFT JOIN notifier.decisions x USING (handoff_id) WHERE d.handoff_id = asked.id) AS notifier,
    (SELECT jsonb_build_object('decisionId', d.decision_id, 'labels', (SELECT count(*) FROM feedback.labels l WHERE l.handoff_id = e.handoff_id))
     FROM feedback.examples e LEFT JOIN feedback.decisions d USING (handoff_id) WHERE e.handoff_id = asked.id) AS feedback
  FROM unnest($1::uuid[]) AS asked (id)`;

export async function readStandings(db: Pool, handoffIds: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await db.query<Standing>(STANDINGS, [handoffIds]);
  return new Map(rows.map((row) => [row.handoffId, row]));
}

export const SCHEMAS = ['intake', 'routing', 'sla_monitor', 'notifier', 'feedback'] as const;

/** Handoffs of the schemas that are not over yet, and events that are not sent yet: zeros when all has settled. */
export async function countUnsettled(db: Pool): Promise<Readonly<Record<string, number>>> {
  const outboxes = SCHEMAS.map((schema) => `(SELECT count(*)::int FROM ${schema}.outbox) AS ${schema}_outbox`);
  const { rows } = await db.query<Record<string, number>>(`
    SELECT ${outboxes.join(', ')},
      (SELECT count(*)::int FROM intake.handoffs WHERE ended_at IS NULL) AS intake_open,
      (SELECT count(*)::int FROM intake.handoffs WHERE kind = 'escalation' AND ended_at IS NOT NULL AND feedback IS NULL) AS intake_without_feedback,
      (SELECT count(*)::int FROM intake.requests WHERE state = 'pending') AS intake_requests_pending,
      (SELECT count(*)::int FROM routing.assignments WHERE state <> 'ended') AS routing_open,
      (SELECT count(*)::int FROM sla_monitor.handoffs WHERE state = 'open') AS sla_monitor_open,
      (SELECT count(*)::int FROM notifier.desk_items WHERE state <> 'ended') AS notifier_open,
      (SELECT count(*)::int FROM notifier.notifications WHERE state IN ('due', 'sending') AND due_at < 'infinity') AS notifier_unsent,
      (SELECT count(*)::int FROM intake.held_replies) AS intake_held_replies,
      (SELECT count(*)::int FROM intake.agent_webhooks w JOIN intake.agent_events e USING (tenant, agent_id)
       WHERE w.state = 'on' AND (e.position IS NULL OR e.position > w.position)) AS intake_webhooks_unsent,
      (SELECT count(*)::int FROM feedback.waiting_outcomes JOIN feedback.outcomes o USING (outcome_id)
       WHERE EXISTS (SELECT FROM feedback.recommendations r WHERE r.task_id = o.task_id)) AS feedback_outcomes_waiting`);
  return rows[0] ?? {};
}

/** Of these tasks, how many words on how they ended are kept, and how many have found what they are about. */
export async function readOutcomes(db: Pool, taskIds: readonly string[]): Promise<ReadonlyMap<string, KeptOutcomes>> {
  const { rows } = await db.query<KeptOutcomes & { task_id: string }>(
    `SELECT coalesce(nullif(o.task_id, ''), r.task_id) AS task_id, count(*)::int AS kept, count(l.outcome_id)::int AS linked
     FROM feedback.outcomes o LEFT JOIN feedback.outcome_links l USING (outcome_id)
     LEFT JOIN feedback.recommendations r ON r.handoff_id = o.handoff_id AND r.packet_version = 1
     WHERE coalesce(nullif(o.task_id, ''), r.task_id) = ANY($1) GROUP BY 1`,
    [taskIds],
  );
  return new Map(rows.map(({ task_id, ...kept }) => [task_id, kept]));
}

export interface KeptOutcomes {
  readonly kept: number;
  readonly linked: number;
}

/** How much of an agent's stream lies after a position. */
export async function countAfter(db: Pool, agentId: string, position: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'SELECT count(*)::int FROM intake.agent_events WHERE agent_id = $1 AND (position IS NULL OR position > $2)',
    [agentId, position],
  );
  return rows[0]?.count ?? 0;
}

/** Open, accepted, and nothing that would ever wake anybody: must be nobody at every instant. */
export async function findWithoutClock(db: Pool): Promise<readonly string[]> {
  const { rows } = await db.query<{ handoff_id: string }>(`
    SELECT h.handoff_id FROM sla_monitor.handoffs h WHERE h.state = 'open' AND h.accepted_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sla_monitor.clocks c WHERE c.handoff_id = h.handoff_id AND c.clock <> 'due_by')`);
  return rows.map(({ handoff_id }) => handoff_id);
}

/** Not a mark of what a service said itself, which it reads at a start alone. */
export const IS_READING = `group_id NOT LIKE '%-relearn'`;

/** Partitions of our own topics whose records a service has not consumed to the end yet. */
export async function readConsumed(db: Pool): Promise<readonly { schema: string; topic: string; partition: number; next: bigint }[]> {
  const of = (schema: string): string =>
    `SELECT '${schema}' AS schema, topic, "partition", next_offset AS next FROM ${schema}.consumed_offsets WHERE ${IS_READING}`;
  const { rows } = await db.query<{ schema: string; topic: string; partition: number; next: string }>(SCHEMAS.map(of).join(' UNION ALL '));
  return rows.map((row) => ({ ...row, next: BigInt(row.next) }));
}
