import type { Transaction } from '@handoff/bus';
import {
  actionDigest,
  fault,
  scoreCompleteness,
  type Fault,
  type HandoffAccepted,
  type HandoffId,
  type HandoffReplied,
  type TenantId,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { applyAsk, type Asked, type NewRequest, type Standing } from '../domain/apply-ask.js';
import type { chooseHandoff } from '../domain/choose-handoff.js';
import type { Reply } from '../domain/read-reply.js';
import { requestsAsked } from '../intake.metrics.js';
import { Packets } from './packets.js';
import { Standings } from './standings.js';

export interface AskFor extends Reply {
  readonly requestId: string;
  readonly tenant: TenantId;
}

export type AskOutcome =
  | { readonly kind: 'asked'; readonly requestId: string; readonly packetVersion: number | null; readonly event: HandoffAccepted }
  | { readonly kind: 'replied'; readonly requestId: string; readonly event: HandoffReplied }
  | { readonly kind: 'asked_before'; readonly requestId: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

type Made = Asked & { readonly kind: 'asked' | 'replied' };

/** What agents ask of their handoffs: rows that stay pending until the desk or the decision settles them. Their replies to people are settled at once. */
@Injectable()
export class Requests {
  constructor(
    @Inject(Packets) private readonly packets: Packets,
    @Inject(Standings) private readonly standings: Standings,
  ) {}

  /** One after the other in memory, as several may be about one handoff; one statement per step all the same. */
  async ask(tx: Transaction, asks: readonly AskFor[]): Promise<ReadonlyMap<AskFor, AskOutcome>> {
    if (asks.length === 0) return new Map();
    const targets = await this.standings.targetsOf(tx, asks);
    const ids = [...new Set([...targets.values()].flatMap((it) => (it.kind === 'ok' ? [it.value] : [])))];
    const { standings, known, at } = await this.standings.lock(tx, asks, ids);
    const outcomes = new Map<AskFor, AskOutcome>();
    const made: Made[] = [];
    for (const ask of asks) {
      const asked = known.has(ask.requestId) ? before(ask.requestId) : askOne(ask, targets.get(ask), standings, at);
      if (asked.kind === 'asked' || asked.kind === 'replied') {
        standings.set(asked.standing.handoffId, asked.standing);
        made.push(asked);
      }
      outcomes.set(ask, outcomeOf(asked, ask.requestId));
    }
    await this.record(tx, made, at);
    return outcomes;
  }

  private async record(tx: Transaction, made: readonly Made[], at: string): Promise<void> {
    if (made.length === 0) return;
    const requested = made.filter((it) => it.kind === 'asked');
    await this.packets.keep(
      tx,
      requested
        .filter(({ request }) => request.type === 'add_context')
        .map(({ standing }) => ({ ...standing, bytes: Buffer.from(JSON.stringify(standing.sent)) })),
    );
    await this.insert(tx, requested, at);
    const last = new Map(made.map(({ standing }) => [standing.handoffId, standing]));
    await tx.rows(
      `UPDATE handoffs h SET sequence = c.sequence, packet_version = c.packet_version, urgency = c.urgency, completeness = c.completeness,
                             action_digest = c.action_digest, progress = jsonb_set(h.progress, '{asked}', c.asked)
       FROM jsonb_to_recordset($1::jsonb) AS c (handoff_id uuid, sequence int, packet_version int, urgency text, completeness jsonb,
                                                action_digest text, asked jsonb)
       WHERE h.handoff_id = c.handoff_id`,
      [JSON.stringify([...last.values()].map(standingRow))],
    );
    tx.afterCommit(() => {
      for (const { request } of requested) requestsAsked.inc({ type: request.type });
    });
  }

  private async insert(
    tx: Transaction,
    made: readonly { readonly standing: Standing; readonly request: NewRequest }[],
    at: string,
  ): Promise<void> {
    await tx.rows(
      `INSERT INTO requests (request_id, handoff_id, type, reason, packet_version, state, asked_at)
       SELECT r.*, 'pending', $6::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[]) AS r`,
      [
        made.map(({ request }) => request.requestId),
        made.map(({ standing }) => standing.handoffId),
        made.map(({ request }) => request.type),
        made.map(({ request }) => request.reason),
        made.map(({ request }) => request.packetVersion),
        at,
      ],
    );
  }
}

const before = (requestId: string): Asked => ({ kind: 'asked_before', requestId });

function askOne(
  ask: AskFor,
  target: ReturnType<typeof chooseHandoff> | undefined,
  standings: ReadonlyMap<HandoffId, Standing>,
  at: string,
): Asked {
  if (target?.kind !== 'ok') return { kind: 'faults', faults: target?.faults ?? [] };
  const standing = standings.get(target.value);
  const mine = standing && standing.tenant === ask.tenant && (ask.agentId === null || ask.agentId === standing.agentId);
  return mine ? applyAsk(standing, ask.requestId, ask.ask, at) : { kind: 'faults', faults: [unknown(target.value)] };
}

const unknown = (handoffId: HandoffId): Fault =>
  fault(
    'handoff_id',
    'unknown_handoff',
    `There is no handoff ${handoffId} of this agent here. Check the id, and that the handoff was accepted.`,
  );

function outcomeOf(asked: Asked, requestId: string): AskOutcome {
  if (asked.kind === 'replied') return { kind: 'replied', requestId, event: asked.event };
  return asked.kind === 'asked'
    ? { kind: 'asked', requestId: asked.request.requestId, packetVersion: asked.request.packetVersion, event: asked.event }
    : asked;
}

const standingRow = ({ handoffId, sequence, packetVersion, packet, asked }: Standing) => ({
  handoff_id: handoffId,
  sequence,
  packet_version: packetVersion,
  urgency: packet.urgency,
  completeness: scoreCompleteness(packet),
  action_digest: actionDigest(packet.recommended_action),
  asked,
});
