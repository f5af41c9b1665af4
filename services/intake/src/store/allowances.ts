import type { Transaction } from '@handoff/bus';
import { newestControls, type AgentId, type HandoffControl, type TenantId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { isLimited, overLimit, type Beyond, type Limits, type OverLimit } from '../domain/over-limit.js';
import { IntakeConfig } from '../intake.config.js';

/** A new packet that asks to be admitted, by its newness key. */
export interface Admission {
  readonly key: string;
  readonly tenant: TenantId;
  readonly agentId: AgentId;
}

interface BeyondRow {
  readonly key: string;
  readonly admitted: number;
  readonly place: number;
  readonly tokens: number;
  readonly full: boolean;
  readonly stale: boolean;
  /** Seconds that a pause goes on; null where there is none. */
  readonly paused_for: number | null;
  readonly pause_reason: string | null;
}

const NO_LIMIT = 2_147_483_647;

/**
 * Takes from a row per agent, in one statement for a batch. `tokens` fill up by the rate; `open_at_most` only grows, as endings are
 * not taken off on their way in, and is counted anew where an agent would be refused for a count older than a second. Who waited for
 * the row's lock comes with an earlier instant than it holds; a clock that was set back by more than that is followed.
 */
const TAKE = `
  WITH asked AS (
    SELECT key, tenant, agent_id, row_number() OVER (PARTITION BY tenant, agent_id ORDER BY place)::int AS nth
    FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS c (key, tenant, agent_id, place)),
  lim AS (SELECT $4::float8 AS rate, $5::int AS open, handoff_now() AS now),
  taken AS (
    INSERT INTO allowances AS a (tenant, agent_id, admitted, tokens, refilled_at, open_at_most, counted_at)
    SELECT tenant, agent_id, may.ask, lim.rate - may.ask, lim.now, may.ask, lim.now
    FROM (SELECT tenant, agent_id, count(*)::int AS n FROM asked GROUP BY tenant, agent_id ORDER BY tenant, agent_id) AS each,
         lim, LATERAL (SELECT least(n, lim.rate, lim.open)::int AS ask) AS may
    ON CONFLICT (tenant, agent_id) DO UPDATE SET (admitted, tokens, refilled_at, open_at_most) = (
      SELECT may.ask, filled.tokens - may.ask, filled.at, a.open_at_most + may.ask
      FROM lim,
           LATERAL (SELECT CASE WHEN lim.now < a.refilled_at - interval '1 minute' THEN lim.now ELSE greatest(lim.now, a.refilled_at) END AS at,
             least(lim.rate, a.tokens + lim.rate / 60 * greatest(0, extract(epoch FROM lim.now - a.refilled_at))) AS tokens) AS filled,
           LATERAL (SELECT CASE WHEN a.paused_until > lim.now THEN 0
                               ELSE greatest(0, least(excluded.admitted, floor(filled.tokens), lim.open - a.open_at_most)) END::int AS ask) AS may)
    RETURNING a.*)
  SELECT key, admitted, nth - admitted AS place, tokens, open_at_most >= lim.open AS full,
         open_at_most >= lim.open AND counted_at < lim.now - interval '1 second' AND paused_until > lim.now IS NOT TRUE AS stale,
         CASE WHEN paused_until > lim.now THEN extract(epoch FROM paused_until - lim.now)::float8 END AS paused_for, pause_reason
  FROM asked JOIN taken USING (tenant, agent_id), lim WHERE nth > admitted ORDER BY nth`;

/** A statement of its own: only a later one sees what others committed while the row's lock was waited for. */
const COUNT = `
  UPDATE allowances a SET open_at_most = known.open + it.admitted, counted_at = handoff_now()
  FROM unnest($1::text[], $2::text[], $3::int[]) AS it (tenant, agent_id, admitted),
       LATERAL (SELECT count(*)::int AS open FROM (
         SELECT 1 FROM handoffs h WHERE h.tenant = it.tenant AND h.agent_id = it.agent_id AND h.ended_at IS NULL LIMIT $4) AS upto) AS known
  WHERE a.tenant = it.tenant AND a.agent_id = it.agent_id`;

const PAUSE = `
  INSERT INTO allowances AS a (tenant, agent_id, admitted, tokens, refilled_at, open_at_most, counted_at, paused_until, pause_reason, pause_version)
  SELECT tenant, name, 0, 'Infinity', clock.at, 0, clock.at, CASE WHEN paused THEN until END, reason, version
  FROM jsonb_to_recordset($1) AS c (tenant text, name text, paused boolean, until timestamptz, reason text, version int),
       (SELECT handoff_now() AS at) AS clock
  ORDER BY tenant, name
  ON CONFLICT (tenant, agent_id) DO UPDATE SET paused_until = excluded.paused_until, pause_reason = excluded.pause_reason, pause_version = excluded.pause_version
  WHERE coalesce(a.pause_version, 0) < excluded.pause_version`;

const beyondOf = ({ full, paused_for, pause_reason, ...row }: BeyondRow): Beyond => ({
  ...row,
  isFull: full,
  pause: paused_for === null ? null : { seconds: paused_for, reason: pause_reason ?? '' },
});

/** How much each agent may ask. Replicas share the rows; whoever admits holds an agent's row until it commits. */
@Injectable()
export class Allowances {
  private readonly limits: Limits;

  constructor(@Inject(IntakeConfig) config: IntakeConfig) {
    this.limits = { perMinute: config.AGENT_RATE_PER_MINUTE, open: config.AGENT_OPEN_HANDOFFS };
  }

  /** Takes for those that are new. @returns those that are not admitted, by key, with what their agents are told */
  async take(tx: Transaction, asked: readonly Admission[]): Promise<ReadonlyMap<string, OverLimit>> {
    const limited = asked.filter(({ agentId }) => isLimited(agentId));
    if (limited.length === 0) return new Map();
    const beyond = await this.takeCounted(tx, limited);
    return new Map(beyond.map((row) => [row.key, overLimit(beyondOf(row), this.limits)]));
  }

  /** An agent that has asked for nothing yet gets its row here, with a full allowance. */
  async pause(tx: Transaction, pauses: readonly HandoffControl[]): Promise<void> {
    if (pauses.length === 0) return;
    await tx.rows(PAUSE, [JSON.stringify(newestControls(pauses))]);
  }

  private async takeCounted(tx: Transaction, asked: readonly Admission[]): Promise<readonly BeyondRow[]> {
    const beyond = await this.takeOnce(tx, asked);
    const stale = new Map(beyond.filter((row) => row.stale).map((row) => [row.key, row]));
    if (stale.size === 0) return beyond;
    const again = asked.filter(({ key }) => stale.has(key));
    await this.count(tx, again, stale);
    return [...beyond.filter((row) => !row.stale), ...(await this.takeOnce(tx, again))];
  }

  private takeOnce(tx: Transaction, asked: readonly Admission[]): Promise<BeyondRow[]> {
    const { perMinute, open } = this.limits;
    return tx.rows<BeyondRow>(TAKE, [
      asked.map(({ key }) => key),
      asked.map(({ tenant }) => tenant),
      asked.map(({ agentId }) => agentId),
      perMinute === 0 ? Infinity : perMinute,
      open === 0 ? NO_LIMIT : open,
    ]);
  }

  /** What this transaction has admitted is not in the table yet, so it is added. */
  private async count(tx: Transaction, asked: readonly Admission[], beyond: ReadonlyMap<string, BeyondRow>): Promise<void> {
    const each = [...new Map(asked.map((it) => [JSON.stringify([it.tenant, it.agentId]), it])).values()];
    await tx.rows(COUNT, [
      each.map(({ tenant }) => tenant),
      each.map(({ agentId }) => agentId),
      each.map(({ key }) => beyond.get(key)?.admitted ?? 0),
      this.limits.open,
    ]);
  }
}
