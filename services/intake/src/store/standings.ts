import type { Transaction } from '@handoff/bus';
import {
  assertNever,
  fault,
  ok,
  refuse,
  type AgentId,
  type HandoffId,
  type Kind,
  type OfferId,
  type Result,
  type TaskId,
  type TenantId,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Standing } from '../domain/apply-ask.js';
import { NOTHING_ASKED, type AskedOfAgent } from '../domain/asked-of-agent.js';
import { chooseHandoff, type OpenOfTask } from '../domain/choose-handoff.js';
import { handoffsOf, offersOf } from './offers.js';
import { Packets } from './packets.js';
import type { AskFor } from './requests.js';

interface HandoffRow {
  readonly handoff_id: HandoffId;
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  readonly task_id: TaskId;
  readonly kind: Kind;
  readonly within: HandoffId | null;
  readonly given_by: AgentId | null;
  readonly sequence: number;
  readonly accepted_at: Date;
  readonly ended: boolean;
  readonly asked: AskedOfAgent | null;
  readonly now: Date;
}

export interface Locked {
  readonly standings: Map<HandoffId, Standing>;
  /** Requests that are there already: the same record again. */
  readonly known: ReadonlySet<string>;
  /** By the database's clock. */
  readonly at: string;
}

interface Approval {
  readonly handoffId: HandoffId;
  readonly agentId: AgentId;
  readonly within: HandoffId;
}

/** How handoffs stand before something is asked of them. */
@Injectable()
export class Standings {
  constructor(@Inject(Packets) private readonly packets: Packets) {}

  /** The handoff that each one names, by itself or by its task. */
  async targetsOf(tx: Transaction, asks: readonly AskFor[]): Promise<ReadonlyMap<AskFor, Result<HandoffId>>> {
    const tasks = asks.flatMap(({ target }) => (target.kind === 'task' ? [target.taskId] : []));
    const [tenant] = asks.map((it) => it.tenant); // a batch comes through one door, as one tenant
    const open =
      tasks.length === 0
        ? []
        : await tx.rows<OpenOfTask>(
            `SELECT task_id, agent_id, given_by, count(*)::int AS count, min(handoff_id::text)::uuid AS handoff_id FROM handoffs
             WHERE tenant = $1 AND task_id = ANY($2::text[]) AND ended_at IS NULL AND accepted_at IS NOT NULL GROUP BY task_id, agent_id, given_by`,
            [tenant, tasks],
          );
    const offered = await handoffsOf(
      tx,
      asks.flatMap(({ target }) => (target.kind === 'offer' ? [target.offerId] : [])),
    );
    return new Map(asks.map((ask) => [ask, targetOf(ask, open, offered)]));
  }

  /** Row locks first: what the later statements read is then what nobody else changes. */
  async lock(tx: Transaction, asks: readonly AskFor[], ids: readonly HandoffId[]): Promise<Locked> {
    const rows = await tx.rows<HandoffRow>(
      `SELECT handoff_id, tenant, agent_id, task_id, kind, within, given_by, sequence, accepted_at, ended_at IS NOT NULL AS ended, progress -> 'asked' AS asked,
              handoff_now() AS now
       FROM handoffs WHERE handoff_id = ANY($1::uuid[]) AND accepted_at IS NOT NULL ORDER BY handoff_id FOR UPDATE`,
      [ids],
    );
    const packets = await this.packets.newest(
      tx,
      rows.map((row) => row.handoff_id),
    );
    const requests = await tx.rows<{ request_id: string; handoff_id: HandoffId; waits: boolean }>(
      `SELECT request_id, handoff_id, type = 'withdraw' AND state = 'pending' AS waits FROM requests
       WHERE request_id = ANY($1::uuid[]) OR (handoff_id = ANY($2::uuid[]) AND state = 'pending' AND type = 'withdraw')
       UNION ALL SELECT request_id, handoff_id, false FROM packets WHERE handoff_id = ANY($2::uuid[]) AND request_id = ANY($1::uuid[])`,
      [asks.map(({ requestId }) => requestId), ids],
    );
    const offers = await offersOf(tx, rows);
    const approvals = await this.approvalsIn(tx, asks);
    const withdrawals = new Map(requests.filter(({ waits }) => waits).map((it) => [it.handoff_id, it.request_id]));
    const standings = new Map<HandoffId, Standing>(
      rows.flatMap((row) => {
        const packet = packets.get(row.handoff_id);
        return packet
          ? [
              [
                row.handoff_id,
                {
                  ...factsOf(row),
                  ...packet,
                  withdrawal: withdrawals.get(row.handoff_id) ?? null,
                  offers: offers.get(row.handoff_id) ?? [],
                  approvals: approvals.filter(({ within }) => within === row.handoff_id),
                },
              ] as const,
            ]
          : [];
      }),
    );
    return {
      standings,
      known: new Set(requests.map((it) => it.request_id)),
      at: (rows[0]?.now ?? new Date(0)).toISOString(),
    };
  }

  /** Of the handoffs that a decision is said to be covered by: escalations within a task, in which a person approved what was recommended. */
  private async approvalsIn(tx: Transaction, asks: readonly AskFor[]): Promise<readonly Approval[]> {
    const named = asks.flatMap(({ tenant, ask }) =>
      'report' in ask ? ask.report.decisions.flatMap(({ covered_by: handoffId }) => (handoffId ? [{ tenant, handoffId }] : [])) : [],
    );
    if (named.length === 0) return [];
    return tx.rows<Approval>(
      `SELECT h.handoff_id AS "handoffId", h.agent_id AS "agentId", h.within
       FROM handoffs h JOIN unnest($1::uuid[], $2::text[]) AS n (handoff_id, tenant) USING (handoff_id, tenant)
       WHERE h.within IS NOT NULL AND h.decision ->> 'type' IN ('approve', 'edit')`,
      [named.map(({ handoffId }) => handoffId), named.map(({ tenant }) => tenant)],
    );
  }
}

function targetOf({ target, agentId }: AskFor, open: readonly OpenOfTask[], offered: ReadonlyMap<OfferId, HandoffId>): Result<HandoffId> {
  switch (target.kind) {
    case 'handoff':
      return ok(target.handoffId);
    case 'task':
      return chooseHandoff(target.taskId, agentId, open);
    case 'offer': {
      const handoffId = offered.get(target.offerId);
      return handoffId ? ok(handoffId) : refuse(fault('offer_id', 'unknown_offer', `There is no offer ${target.offerId} here.`));
    }
    default:
      return assertNever(target);
  }
}

const factsOf = (row: HandoffRow) => ({
  handoffId: row.handoff_id,
  tenant: row.tenant,
  agentId: row.agent_id,
  taskId: row.task_id,
  kind: row.kind,
  within: row.within,
  givenBy: row.given_by,
  sequence: row.sequence,
  acceptedAt: row.accepted_at.toISOString(),
  ended: row.ended,
  asked: row.asked ?? NOTHING_ASKED,
});
