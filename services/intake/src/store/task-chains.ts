import type { Transaction } from '@handoff/bus';
import { storedParts, type AgentId, type AgentTarget, type Fault, type HandoffId, type TaskId, type TenantId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { handsOf, judgeTransfer, lastHandFor, originOf, type LastHand } from '../domain/judge-transfer.js';
import { IntakeConfig } from '../intake.config.js';
import type { Candidate } from './acceptances.js';
import { ObjectRows, type StoredObject } from './object-rows.js';
import { Packets } from './packets.js';

interface LastRow {
  readonly tenant: TenantId;
  readonly task_id: TaskId;
  readonly handoff_id: HandoffId;
  readonly kind: LastHand['kind'];
  readonly hands: readonly AgentId[] | null;
  readonly taken_by: AgentId | null;
}

interface ReaderRow {
  readonly tenant: TenantId;
  readonly agent_id: AgentId;
  readonly capabilities: readonly string[];
  readonly schemas: readonly string[] | null;
}

export type JudgedTransfer =
  { readonly kind: 'fit'; readonly hands: readonly AgentId[] } | { readonly kind: 'unfit'; readonly faults: readonly Fault[] };

/** Through whose hands tasks have gone, and whether they may go further. */
@Injectable()
export class TaskChains {
  constructor(
    @Inject(Packets) private readonly packets: Packets,
    @Inject(ObjectRows) private readonly objects: ObjectRows,
    @Inject(IntakeConfig) private readonly config: IntakeConfig,
  ) {}

  /** A fold: each that is made is what the next one of its task comes after. */
  async judge(tx: Transaction, transfers: readonly Candidate[]): Promise<ReadonlyMap<Candidate, JudgedTransfer>> {
    if (transfers.length === 0) return new Map();
    const lasts = await this.lastHands(tx, transfers);
    const readers = await registered(tx, transfers);
    const stored = await this.storedBy(tx, transfers);
    const judged = new Map<Candidate, JudgedTransfer>();
    for (const it of transfers) {
      const known = lasts.get(taskOf(it)) ?? [];
      const before = lastHandFor(it.agentId, known);
      const { packet } = it.sent;
      const readable = readableBy(readers, it.tenant, packet.transfer?.to ?? {});
      const faults = judgeTransfer(it.agentId, packet, {
        ...{ last: before, readable, mostHops: this.config.TRANSFER_HOPS },
        stored: new Set((stored.get(it) ?? []).map(({ sha256 }) => sha256)),
      });
      const hands = handsOf(it.agentId, before);
      judged.set(it, faults.length > 0 ? { kind: 'unfit', faults } : { kind: 'fit', hands });
      const rights = packet.transfer?.decision_rights ?? null;
      const made: LastHand = { handoffId: it.handoffId, kind: 'transfer', hands, takenBy: null, rights };
      if (faults.length === 0) lasts.set(taskOf(it), [made, ...known.filter((other) => originOf(other) !== originOf(made))]);
    }
    const fit = transfers.filter((it) => judged.get(it)?.kind === 'fit');
    await this.objects.use(
      tx,
      fit.flatMap((it) => (stored.get(it) ?? []).map(({ name }) => ({ name, handoffId: it.handoffId }))),
    );
    return judged;
  }

  /** Of what each names as stored, what its sender may hand on. */
  private async storedBy(tx: Transaction, transfers: readonly Candidate[]): Promise<ReadonlyMap<Candidate, readonly StoredObject[]>> {
    const found = new Map<Candidate, readonly StoredObject[]>();
    for (const it of transfers) {
      const { transfer } = it.sent.packet;
      const named = transfer ? storedParts(transfer).map(({ sha256 }) => sha256) : [];
      if (named.length > 0) found.set(it, await this.objects.of(tx, it, named)); // few transfers name any
    }
    return found;
  }

  /** Of each chain, the newest first. Locked by task, so that of two transfers at the same moment one comes after the other. */
  private async lastHands(tx: Transaction, transfers: readonly Candidate[]): Promise<Map<string, readonly LastHand[]>> {
    const tasks = [...new Map(transfers.map((it) => [taskOf(it), it])).values()];
    const columns = [tasks.map(({ tenant }) => tenant), tasks.map(({ sent }) => sent.packet.task_id)];
    await tx.rows(
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT hashtextextended('task ' || tenant || ' ' || task_id, 0) AS key FROM unnest($1::text[], $2::text[]) AS t (tenant, task_id) ORDER BY 1) AS keys`,
      columns,
    );
    const rows = await tx.rows<LastRow>(
      `WITH held AS (
         SELECT tenant, task_id, h.handoff_id, h.kind, h.hands, h.accepted_at, h.number, coalesce(h.decision ->> 'taken_by', (SELECT o.agent_id
           FROM offers o WHERE o.handoff_id = h.handoff_id AND o.state IN ('confirmed', 'delivered') ORDER BY o.number DESC LIMIT 1)) AS taken_by
         FROM unnest($1::text[], $2::text[]) AS t (tenant, task_id) JOIN handoffs h USING (tenant, task_id)
         WHERE h.accepted_at IS NOT NULL AND h.kind IN ('delegation', 'transfer')
           AND (h.ended_at IS NULL OR (h.kind = 'transfer' AND h.decision ->> 'type' = 'taken'))),
       lasts AS (
         SELECT DISTINCT ON (tenant, task_id, origin) * FROM (SELECT *, coalesce(hands ->> 0, taken_by, handoff_id::text) AS origin FROM held) AS of_chain
         ORDER BY tenant, task_id, origin, accepted_at DESC, number DESC)
       SELECT * FROM lasts ORDER BY accepted_at DESC, number DESC`,
      columns,
    );
    const packets = await this.packets.newest(
      tx,
      rows.map(({ handoff_id }) => handoff_id),
    );
    const lasts = new Map<string, LastHand[]>();
    for (const { tenant, task_id, handoff_id: handoffId, kind, hands, taken_by: takenBy } of rows) {
      const packet = packets.get(handoffId)?.packet;
      const rights = (packet?.transfer ?? packet?.delegation)?.decision_rights ?? null;
      const key = keyOf(tenant, task_id);
      lasts.set(key, [...(lasts.get(key) ?? []), { handoffId, kind, hands: hands ?? [], takenBy, rights }]);
    }
    return lasts;
  }
}

const keyOf = (tenant: TenantId, taskId: TaskId): string => JSON.stringify([tenant, taskId]);
const taskOf = ({ tenant, sent }: Candidate): string => keyOf(tenant, sent.packet.task_id);

function registered(tx: Transaction, transfers: readonly Candidate[]): Promise<ReaderRow[]> {
  const to = transfers.flatMap(({ tenant, sent }) => (sent.packet.transfer ? [{ tenant, ...sent.packet.transfer.to }] : []));
  return tx.rows<ReaderRow>(
    `SELECT a.tenant, a.agent_id, a.abilities -> 'capabilities' AS capabilities, a.abilities -> 'schemas' AS schemas FROM agents a
     WHERE a.event <> 'revoked' AND EXISTS (SELECT FROM jsonb_to_recordset($1::jsonb) AS t (tenant text, agent_id text, capability text)
       WHERE t.tenant = a.tenant AND (t.agent_id = a.agent_id OR a.abilities -> 'capabilities' ? t.capability))`,
    [JSON.stringify(to)],
  );
}

/** What those read that it may go to; null where one of them is not known here, or does not say. */
function readableBy(readers: readonly ReaderRow[], tenant: TenantId, { agent_id, capability }: AgentTarget): readonly string[] | null {
  const named = agent_id === undefined ? [] : [readers.find((it) => it.tenant === tenant && it.agent_id === agent_id)?.schemas ?? null];
  const able = readers.filter((it) => it.tenant === tenant && capability !== undefined && it.capabilities.includes(capability));
  const all = [...named, ...able.map(({ schemas }) => schemas)];
  return all.length === 0 || all.some((it) => it === null) ? null : all.flatMap((it) => it ?? []);
}
