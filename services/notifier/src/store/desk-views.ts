import {
  CANARY_AGENT,
  type DecisionId,
  type HandoffDecision,
  type HandoffId,
  type TeamId,
  type TenantId,
  type Urgency,
} from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { NOTHING, type Asks } from '../domain/batch-answer.js';
import type { Person } from '../domain/rights.js';
import type { DeskItemRow } from './desk-items.js';

export type DeskRow = DeskItemRow & {
  readonly decision: HandoffDecision | null;
  /** Open escalations that were asked within it. */
  readonly waits_for: readonly HandoffId[];
  readonly now: Date;
};

/** Of a row `d`. */
export const WAITS_FOR =
  "ARRAY(SELECT e.handoff_id FROM desk_items e WHERE e.within = d.handoff_id AND e.state <> 'ended' ORDER BY e.accepted_at LIMIT 10) AS waits_for";
const ROW = `d.*, x.decision, handoff_now() AS now, ${WAITS_FOR}`;

const MOST = 500;
const MOST_EARLIER = 10;

export interface ListFilter {
  /** `held`: ended by being taken over, and on somebody's list since. `with_agent`: given to an agent, which works on it. */
  readonly state: 'open' | 'ended' | 'held' | 'with_agent';
  /** `mine`: asked of me, acknowledged or held by me. `team`: of a team of mine. */
  readonly scope: 'all' | 'mine' | 'team';
  readonly team: string | null;
  readonly urgency: Urgency | null;
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly actionDigest: string | null;
  /** Those that are put off as well. */
  readonly deferred: boolean;
}

const MINE = `(d.routed -> 'asked' ? $2 OR d.routed -> 'given_to' ? $2 OR d.acknowledged_by = $2 OR d.holder = $2)`;
const MY_TEAMS = `d.routed -> 'may_decide' ?| $3::text[]`;
/** The canary's are its robot's to see; whoever looks for that agent finds them. */
const NOT_A_CANARYS = `(d.agent_id IS DISTINCT FROM '${CANARY_AGENT}' OR ${MINE})`;
const NOT_DEFERRED = '(d.deferred_until IS NULL OR d.deferred_until <= handoff_now())';
const STATES = {
  open: `d.state = 'open'`,
  ended: `d.state = 'ended'`,
  with_agent: `d.state = 'with_agent'`,
  held: 'd.holder IS NOT NULL',
} as const;
const BY_END = 'd.ended_at DESC, d.handoff_id';
const ORDERS = { open: 'd.decide_by, d.handoff_id', with_agent: 'd.accepted_at DESC, d.handoff_id', ended: BY_END, held: BY_END } as const;
const SCOPES = { all: 'true', mine: MINE, team: MY_TEAMS } as const;

/** What waits, least time first; or what has ended, newest first. */
export function listRows(db: EntityManager, tenant: TenantId, { subject, teams }: Person, filter: ListFilter): Promise<DeskRow[]> {
  const order = ORDERS[filter.state];
  return rows<DeskRow>(
    db,
    `SELECT ${ROW} FROM desk_items d LEFT JOIN decisions x USING (handoff_id)
     WHERE d.tenant = $1 AND ${STATES[filter.state]} AND d.task_id IS NOT NULL AND ${SCOPES[filter.scope]}
       AND (d.agent_id = $7 OR ${NOT_A_CANARYS}) AND ($4::boolean OR ${NOT_DEFERRED}) AND ($5::text IS NULL OR d.routed ->> 'team' = $5) AND ($6::text IS NULL OR d.urgency = $6)
       AND ($7::text IS NULL OR d.agent_id = $7) AND ($8::text IS NULL OR d.task_id = $8) AND ($9::text IS NULL OR d.action_digest = $9)
       AND $2::text IS NOT NULL AND $3::text[] IS NOT NULL
     ORDER BY ${order} LIMIT ${MOST}`,
    [
      ...[tenant, subject, teams, filter.deferred || filter.state !== 'open'],
      ...[filter.team, filter.urgency, filter.agentId, filter.taskId, filter.actionDigest],
    ],
  );
}

/** Of what is open and not put off; `held` is what this person has taken over and not done yet. */
export interface DeskCounts {
  readonly all: number;
  readonly mine: number;
  readonly my_teams: number;
  readonly held: number;
  readonly teams: Readonly<Record<TeamId, number>>;
}

export async function countOpen(db: EntityManager, tenant: TenantId, { subject, teams }: Person): Promise<DeskCounts> {
  const [counts] = await rows<DeskCounts>(
    db,
    `WITH d AS (SELECT * FROM desk_items d WHERE d.tenant = $1 AND d.state = 'open' AND d.task_id IS NOT NULL AND ${NOT_DEFERRED} AND ${NOT_A_CANARYS})
     SELECT count(*)::int AS all, count(*) FILTER (WHERE ${MINE})::int AS mine, count(*) FILTER (WHERE ${MY_TEAMS})::int AS my_teams,
       (SELECT count(*)::int FROM desk_items h WHERE h.tenant = $1 AND h.holder = $2) AS held,
       (SELECT coalesce(jsonb_object_agg(team, n), '{}') FROM (SELECT d.routed ->> 'team' AS team, count(*) AS n FROM d GROUP BY 1) AS by_team) AS teams
     FROM d`,
    [tenant, subject, teams],
  );
  return counts ?? { all: 0, mine: 0, my_teams: 0, held: 0, teams: {} };
}

export interface EarlierRow {
  readonly handoff_id: HandoffId;
  readonly title: string;
  readonly same: 'task' | 'action';
  readonly decision: HandoffDecision;
}

/** What was decided before on the same task, or of the same action: the newest first. */
export function earlierRows(db: EntityManager, of: DeskRow): Promise<EarlierRow[]> {
  return rows<EarlierRow>(
    db,
    `SELECT e.handoff_id, e.title, e.same, x.decision FROM (
       (SELECT handoff_id, title, 'task' AS same, ended_at FROM desk_items
        WHERE tenant = $1 AND agent_id = $2 AND task_id = $3 AND state = 'ended' AND handoff_id <> $5 ORDER BY ended_at DESC LIMIT ${MOST_EARLIER})
       UNION ALL
       (SELECT handoff_id, title, 'action' AS same, ended_at FROM desk_items
        WHERE tenant = $1 AND action_digest = $4 AND $4 <> $6 AND state = 'ended' AND handoff_id <> $5
          AND (agent_id, task_id) <> ($2, $3) ORDER BY ended_at DESC LIMIT ${MOST_EARLIER})) AS e
     JOIN decisions x USING (handoff_id) ORDER BY e.ended_at DESC LIMIT ${MOST_EARLIER}`,
    [of.tenant, of.agent_id, of.task_id, of.action_digest, of.handoff_id, NOTHING],
  );
}
export async function findRow(db: EntityManager, tenant: TenantId, handoffId: HandoffId): Promise<DeskRow | null> {
  const [row] = await rows<DeskRow>(
    db,
    `SELECT ${ROW} FROM desk_items d LEFT JOIN decisions x USING (handoff_id)
     WHERE d.handoff_id = $1 AND d.tenant = $2 AND d.task_id IS NOT NULL`,
    [handoffId, tenant],
  );
  return row ?? null;
}

export interface RelatedRow {
  readonly handoff_id: HandoffId;
  readonly title: string;
  readonly state: string;
  readonly duplicate_of: HandoffId | null;
  readonly decision_id: DecisionId | null;
}

/** Other handoffs of the same agent's task; what has one history with it is told of by itself. */
export function relatedRows(db: EntityManager, of: DeskRow): Promise<RelatedRow[]> {
  return rows<RelatedRow>(
    db,
    `SELECT d.handoff_id, d.title, d.state, d.routed ->> 'duplicate_of' AS duplicate_of, x.decision_id
     FROM desk_items d LEFT JOIN decisions x USING (handoff_id)
     WHERE d.tenant = $1 AND d.agent_id = $2 AND d.task_id = $3 AND d.handoff_id <> $4
       AND d.within IS DISTINCT FROM $4 AND d.handoff_id IS DISTINCT FROM $5::uuid ORDER BY d.accepted_at LIMIT 50`,
    [of.tenant, of.agent_id, of.task_id, of.handoff_id, of.within],
  );
}

/** What each of these asks for. */
export function asksOf(db: EntityManager, tenant: TenantId, handoffIds: readonly HandoffId[]): Promise<Asks[]> {
  return rows<Asks>(
    db,
    `SELECT handoff_id, coalesce(action_digest, '') AS action_digest
     FROM desk_items WHERE handoff_id = ANY($1::uuid[]) AND tenant = $2 AND task_id IS NOT NULL`,
    [handoffIds, tenant],
  );
}
