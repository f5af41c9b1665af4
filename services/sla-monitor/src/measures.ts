import { CANARY_AGENT } from '@handoff/contracts';
import type { Measure } from '@handoff/runtime';
import { handoffsOpen } from './sla-monitor.metrics.js';

/** More are not counted: the cost has a bound. */
const MOST = 100_000;

/** The open ones alone have an index, however many have ended. Nobody waits for the canary's. */
export const measures: readonly Measure[] = [
  {
    gauge: handoffsOpen,
    rows: `SELECT state, urgency, level, count(*)::int AS value FROM (
             SELECT coalesce(urgency, 'unknown') AS urgency, level::text AS level,
               CASE WHEN routed_at IS NULL THEN 'unrouted'
                    WHEN offer_id IS NOT NULL THEN 'with_agent'
                    WHEN sla_due_at < now THEN 'late'
                    WHEN acknowledged_level = level AND acknowledged_cycle = cycle THEN 'acknowledged'
                    ELSE 'asked' END AS state
             FROM handoffs, (SELECT handoff_now() AS now OFFSET 0) AS looked
             WHERE handoffs.state = 'open' AND agent_id IS DISTINCT FROM '${CANARY_AGENT}' LIMIT ${MOST}
           ) AS open GROUP BY state, urgency, level`,
  },
];
