import { CANARY_AGENT, type TenantId } from '@handoff/contracts';
import { inTransaction, PLAN_FOR_TABLES, rows, type DataSource } from '@handoff/store';
import type { ReportKey, ReportRange, ReportRow } from '../domain/sla-report.js';

/** Weeks begin on Monday, in UTC, and are called by that day. */
const COLUMNS: Readonly<Record<ReportKey, string>> = {
  urgency: 'urgency',
  team: 'team',
  level: 'coalesce(decided_level, level)',
  agent: 'agent_id',
  week: `to_char(date_trunc('week', accepted_at AT TIME ZONE 'UTC'), 'YYYY-MM-DD')`,
};

const FIGURES = `
  count(met)::int AS decided,
  count(*) FILTER (WHERE met)::int AS met,
  round(avg(met::int), 4)::float8 AS attainment,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)::numeric, 1)::float8 AS median_seconds,
  round(percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)::numeric, 1)::float8 AS p90_seconds,
  coalesce(sum(cardinality(breached_levels)), 0)::int AS breached_levels,
  count(*) FILTER (WHERE state = 'open')::int AS open,
  count(*) FILTER (WHERE state = 'open' AND sla_due_at < asked_at)::int AS late`;

/** @param limit rows at most; one more is asked for, so that the caller sees whether there are more */
export function readReport(source: DataSource, tenant: TenantId, range: ReportRange, limit: number): Promise<ReportRow[]> {
  return inTransaction(source, async (db) => {
    const [, found] = await Promise.all([
      rows(db, PLAN_FOR_TABLES),
      rows<ReportRow>(db, statementOf(range.by), [tenant, range.from, range.until, limit + 1]),
    ]);
    return found;
  });
}

/**
 * Of what an agent worked on, people had a part of the time between alone, so how long it took says nothing about them. One text for each choice of keys; their expressions are the ones above, so nothing of a request is in it.
 */
export function statementOf(by: readonly ReportKey[]): string {
  const keys = by.map((key) => `${COLUMNS[key]} AS ${key}, `).join('');
  const places = by.map((_, at) => at + 1).join(', ');
  const groups = by.length === 0 ? '' : `GROUP BY ${places} ORDER BY ${places}`;
  return `SELECT ${keys}${FIGURES}
    FROM (SELECT *, (SELECT handoff_now()) AS asked_at,
            CASE WHEN met IS NOT NULL AND coalesce(kind, 'escalation') = 'escalation' THEN extract(epoch FROM decided_at - accepted_at) END AS seconds
          FROM handoffs
          WHERE tenant = $1 AND accepted_at >= $2 AND accepted_at < $3 AND agent_id IS DISTINCT FROM '${CANARY_AGENT}') AS accepted
    ${groups} LIMIT $4`;
}
