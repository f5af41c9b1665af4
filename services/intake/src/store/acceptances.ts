import type { Transaction } from '@handoff/bus';
import {
  actionDigest,
  scoreCompleteness,
  type AgentId,
  type Fault,
  type HandoffAccepted,
  type HandoffId,
  type TakenKind,
  type TenantId,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { acceptedEvent } from '../domain/accepted-event.js';
import { firstOfEach } from '../domain/first-of-each.js';
import type { JudgedParent } from '../domain/judge-parent.js';
import { knownBy, type Newness, type NewnessRule } from '../domain/newness-of.js';
import { NO_PROGRESS } from '../domain/progress.js';
import type { SentHandoff } from '../domain/read-sent.js';
import type { OverLimit } from '../domain/over-limit.js';
import { Allowances } from './allowances.js';
import { Packets } from './packets.js';
import { judgeParents } from './parents.js';
import { TaskChains, type JudgedTransfer } from './task-chains.js';

/** A valid packet that may be new. */
export interface Candidate {
  readonly handoffId: HandoffId;
  readonly tenant: TenantId;
  /** Who asks, or who shall do it, as far as that is known. */
  readonly agentId: AgentId;
  /** An agent that gives the task to another one; null where it is a person's, or the agent's own. */
  readonly givenBy: AgentId | null;
  readonly sent: SentHandoff;
  /** As they came. */
  readonly bytes: Uint8Array;
  readonly newness: Newness;
}

export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly handoffId: HandoffId;
      readonly acceptedAt: string;
      readonly sequence: number;
      readonly ties: Ties;
    }
  | { readonly kind: 'repeated'; readonly handoffId: HandoffId; readonly rule: NewnessRule }
  /** Its agent asks more than it may; nothing is kept of it, so it is new when it is sent again. */
  | ({ readonly kind: 'limited' } & OverLimit)
  /** It is right by itself, and not as things stand; nothing is kept of it either. */
  | Refused
  /** The same idempotency key with another packet. */
  | { readonly kind: 'conflicting'; readonly handoffId: HandoffId };

/** What a handoff has to do with others. */
export interface Ties {
  /** Of a transfer: the agents that have had the task. */
  readonly hands: readonly AgentId[] | null;
  /** Of an escalation: the delegation that it is asked within. */
  readonly within: HandoffId | null;
}

const NO_TIES: Ties = { hands: null, within: null };

/** What is told of one that was taken, whichever door it came in by. */
export function acceptanceOf(candidate: Candidate, { acceptedAt, sequence, ties }: Outcome & { kind: 'accepted' }): HandoffAccepted {
  const { newness, sent } = candidate;
  const { kind, packet } = sent;
  const facts = { ...candidate, kind, packet, taskId: packet.task_id, packetVersion: 1, acceptedAt, sequence, ...ties };
  return acceptedEvent(facts, { event: 'accepted', knownBy: knownBy(newness, sent) });
}

interface Refused {
  readonly kind: 'refused';
  readonly faults: readonly Fault[];
}
/** What is new and is not taken. */
type LeftOut = Refused | ({ readonly kind: 'limited' } & OverLimit);

interface Holder {
  readonly key: string;
  readonly handoff_id: HandoffId;
  readonly content_digest: string;
}

type AcceptedRow = Ties & {
  readonly handoff_id: HandoffId;
  readonly accepted_at: Date;
  readonly sequence: number;
};

@Injectable()
export class Acceptances {
  constructor(
    @Inject(Packets) private readonly packets: Packets,
    @Inject(Allowances) private readonly allowances: Allowances,
    @Inject(TaskChains) private readonly chains: TaskChains,
  ) {}

  /** Keeps what is new and tells of each candidate what became of it; one statement per step, however many there are. */
  async keep(tx: Transaction, candidates: readonly Candidate[]): Promise<ReadonlyMap<Candidate, Outcome>> {
    const first = firstOfEach(candidates, ({ newness }) => newness.key);
    const won = await this.claim(tx, [...first.values()]);
    const lost = [...first.keys()].filter((key) => !won.has(key));
    const holders = lost.length === 0 ? [] : await this.holdersOf(tx, lost);
    const before = new Map(holders.map((holder) => [holder.key, holder]));
    const fresh = [...first.values()].filter(({ newness }) => won.has(newness.key));
    const { leftOut, ties } = await this.sift(tx, fresh);
    const accepted = await this.insert(
      tx,
      fresh.filter((it) => !leftOut.has(it)),
      ties,
    );
    const found = { first, leftOut, accepted };
    await this.keepAgain(
      tx,
      candidates.filter(({ handoffId, newness }) => before.get(newness.key)?.handoff_id === handoffId),
    );
    return new Map(
      candidates.map((candidate) => [candidate, outcomeOf(candidate, { ...found, before: before.get(candidate.newness.key) })]),
    );
  }

  /** The record of a handoff that is here: its acceptance was relearned from our own event, which has not the bytes as they came. */
  private async keepAgain(tx: Transaction, same: readonly Candidate[]): Promise<void> {
    await this.packets.keep(
      tx,
      same.map(({ handoffId, bytes }) => ({ handoffId, packetVersion: 1, bytes })),
    );
  }

  /** What is left out takes nothing, and its keys are free again; what an agent may not pass on does not count against its limits. */
  private async sift(tx: Transaction, fresh: readonly Candidate[]): Promise<Sifted> {
    const ofKind = (kind: TakenKind): Candidate[] => fresh.filter(({ sent }) => sent.kind === kind);
    const judged = [...(await this.chains.judge(tx, ofKind('transfer'))), ...(await judgeParents(tx, ofKind('escalation')))];
    const unfit = new Map(
      judged.flatMap(([it, by]) => (by.kind === 'unfit' ? [[it, { kind: 'refused', faults: by.faults }] as const] : [])),
    );
    const asking = fresh.filter((it) => (LIMITED.has(it.sent.kind) || it.givenBy) && !unfit.has(it));
    const over = await this.allowances.take(
      tx,
      asking.map(({ newness, tenant, agentId, givenBy }) => ({ key: newness.key, tenant, agentId: givenBy ?? agentId })),
    );
    const limited = asking.flatMap((it) => {
      const beyond = over.get(it.newness.key);
      return beyond ? [[it, { kind: 'limited', ...beyond }] as const] : [];
    });
    const leftOut = new Map<Candidate, LeftOut>([...unfit, ...limited]);
    if (leftOut.size > 0)
      await tx.rows('DELETE FROM newness WHERE key = ANY($1::uuid[])', [[...leftOut.keys()].map(({ newness }) => newness.key)]);
    return {
      leftOut,
      ties: new Map(judged.flatMap(([it, by]) => (by.kind === 'fit' ? [[it, { ...NO_TIES, ...tiesIn(by) }] as const] : []))),
    };
  }

  /**
   * What is known by its content alone is new again once it was rejected as it was sent: its agent asks as if it had not heard, and
   * routing gives it that answer again without disturbing anyone. What came back to its sender may be passed on once more; a task that a person
   * gave and rejected would be done once more.
   * @returns the keys that were free, or free again; all others belong to an earlier handoff
   */
  private async claim(tx: Transaction, candidates: readonly Candidate[]): Promise<ReadonlySet<string>> {
    if (candidates.length === 0) return new Set();
    const claimed = await tx.rows<{ key: string }>(
      `INSERT INTO newness AS n (key, rule, handoff_id, content_digest, until)
       SELECT c.key, c.rule, c.handoff_id, c.content_digest, CASE WHEN c.rule = 'content' THEN clock.at + interval '24 hours' END
       FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) AS c (key, rule, handoff_id, content_digest),
            (SELECT handoff_now() AS at) AS clock
       ORDER BY c.key
       ON CONFLICT (key) DO UPDATE SET handoff_id = excluded.handoff_id, content_digest = excluded.content_digest, until = excluded.until
       WHERE n.until <= handoff_now() OR (n.rule = 'content' AND EXISTS (
         SELECT FROM handoffs h WHERE h.handoff_id = n.handoff_id AND h.packet_version = 1
           AND (h.kind, h.decision ->> 'type') IN (('escalation', 'reject'), ('transfer', 'returned'))))
       RETURNING n.key`,
      [
        candidates.map(({ newness }) => newness.key),
        candidates.map(({ newness }) => newness.rule),
        candidates.map(({ handoffId }) => handoffId),
        candidates.map(({ sent }) => sent.digest),
      ],
    );
    return new Set(claimed.map(({ key }) => key));
  }

  /** A statement of its own: only a later one sees what a concurrent transaction committed while `claim` waited for it. */
  private holdersOf(tx: Transaction, keys: readonly string[]): Promise<Holder[]> {
    return tx.rows<Holder>('SELECT key, handoff_id, content_digest FROM newness WHERE key = ANY($1::uuid[])', [keys]);
  }

  /** A row that other services' events made first is completed; one that was accepted before stays as it is. */
  private async insert(
    tx: Transaction,
    candidates: readonly Candidate[],
    ties: Sifted['ties'],
  ): Promise<ReadonlyMap<HandoffId, AcceptedRow>> {
    if (candidates.length === 0) return new Map();
    const inserted = await tx.rows<AcceptedRow>(
      `INSERT INTO handoffs AS h (handoff_id, tenant, agent_id, task_id, kind, urgency, packet_version, completeness, action_digest,
                                  accepted_at, status, sequence, progress, hands, within, given_by)
       SELECT c.handoff_id, c.tenant, c.agent_id, c.task_id, c.kind, c.urgency, 1, c.completeness, c.action_digest,
              clock.at, 'accepted', 1, $2::jsonb, c.hands, c.within, c.given_by
       FROM jsonb_to_recordset($1::jsonb) AS c (handoff_id uuid, tenant text, agent_id text, task_id text, kind text, urgency text,
                                                completeness jsonb, action_digest text, hands jsonb, within uuid, given_by text),
            (SELECT handoff_now() AS at) AS clock
       ORDER BY c.handoff_id
       ON CONFLICT (handoff_id) DO UPDATE SET tenant = excluded.tenant, agent_id = excluded.agent_id, task_id = excluded.task_id,
         kind = excluded.kind, urgency = excluded.urgency, packet_version = 1, completeness = excluded.completeness,
         action_digest = excluded.action_digest, accepted_at = excluded.accepted_at, sequence = h.sequence + 1, hands = excluded.hands, within = excluded.within,
         given_by = excluded.given_by
       WHERE h.accepted_at IS NULL
       RETURNING h.handoff_id, h.accepted_at, h.sequence, h.hands, h.within`,
      [JSON.stringify(candidates.map((it) => ({ ...handoffRow(it), ...(ties.get(it) ?? NO_TIES) }))), JSON.stringify(NO_PROGRESS)],
    );
    const rows = new Map(inserted.map((row) => [row.handoff_id, row]));
    const fresh = candidates.filter(({ handoffId }) => rows.has(handoffId));
    await this.packets.keep(
      tx,
      fresh.map(({ handoffId, bytes }) => ({ handoffId, packetVersion: 1, bytes })),
    );
    return rows;
  }
}

/** What people give is bounded by their own door; limits are for agents, of which some give as well. */
const LIMITED: ReadonlySet<TakenKind> = new Set(['escalation', 'transfer']);

interface Sifted {
  readonly leftOut: ReadonlyMap<Candidate, LeftOut>;
  /** Of those that have any. */
  readonly ties: ReadonlyMap<Candidate, Ties>;
}

const tiesIn = ({ kind: _, ...ties }: (JudgedTransfer | JudgedParent) & { readonly kind: 'fit' }): Partial<Ties> => ties;

function handoffRow({ handoffId, tenant, agentId, givenBy, sent: { kind, packet } }: Candidate) {
  return {
    handoff_id: handoffId,
    tenant,
    agent_id: agentId,
    given_by: givenBy,
    task_id: packet.task_id,
    kind,
    urgency: packet.urgency,
    completeness: scoreCompleteness(packet),
    action_digest: actionDigest(packet.recommended_action),
  };
}

interface Found {
  readonly first: ReadonlyMap<string, Candidate>;
  readonly before: Holder | undefined;
  readonly leftOut: ReadonlyMap<Candidate, LeftOut>;
  readonly accepted: ReadonlyMap<HandoffId, AcceptedRow>;
}

function outcomeOf(candidate: Candidate, { first, before, leftOut, accepted }: Found): Outcome {
  const { newness, handoffId, sent } = candidate;
  const winner = first.get(newness.key);
  const left = winner && leftOut.get(winner);
  if (left) return left;
  const row = accepted.get(handoffId);
  if (row && winner === candidate) {
    const { accepted_at: acceptedAt, sequence, hands, within } = row;
    return { kind: 'accepted', handoffId, acceptedAt: acceptedAt.toISOString(), sequence, ties: { hands, within } };
  }
  const holder = before?.handoff_id ?? winner?.handoffId ?? handoffId;
  const digest = before?.content_digest ?? winner?.sent.digest;
  if (newness.rule === 'idempotency_key' && digest !== sent.digest) return { kind: 'conflicting', handoffId: holder };
  return { kind: 'repeated', handoffId: holder, rule: newness.rule };
}
