import type { Transaction } from '@handoff/bus';
import {
  actionDigest,
  scoreCompleteness,
  type Fault,
  type HandoffAccepted,
  type HandoffId,
  type HandoffReplied,
  type TenantId,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { deliveredBy } from '../domain/accepted-event.js';
import { applyAsk, notOfAgent, type Asked, type NewRequest, type Standing } from '../domain/apply-ask.js';
import type { chooseHandoff } from '../domain/choose-handoff.js';
import type { Reply } from '../domain/read-reply.js';
import { requestsAsked } from '../intake.metrics.js';
import { keepDelivered } from './offers.js';
import { Packets } from './packets.js';
import { Standings } from './standings.js';

export interface AskFor extends Reply {
  readonly requestId: string;
  readonly tenant: TenantId;
}

export type AskOutcome =
  | { readonly kind: 'asked'; readonly requestId: string; readonly packetVersion: number | null; readonly event: HandoffAccepted }
  | { readonly kind: 'replied'; readonly requestId: string; readonly event: HandoffReplied }
  | { readonly kind: 'delivered'; readonly requestId: string; readonly packetVersion: number; readonly event: HandoffAccepted }
  | { readonly kind: 'asked_before'; readonly requestId: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

type Made = Asked & { readonly kind: 'asked' | 'replied' | 'delivered' };

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
      if ('standing' in asked) {
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
      made.filter(makesVersion).map(({ standing, event }) => ({
        ...standing,
        bytes: Buffer.from(JSON.stringify(standing.sent)),
        requestId: deliveredBy(event),
      })),
    );
    await this.insert(tx, requested, at);
    await keepDelivered(
      tx,
      made.flatMap((it) => (it.kind === 'delivered' ? it.standing.offers : [])),
    );
    const last = new Map(made.map(({ standing }) => [standing.handoffId, standing]));
    await tx.rows(
      `UPDATE handoffs h SET sequence = c.sequence, agent_id = c.agent_id, packet_version = c.packet_version, urgency = c.urgency, completeness = c.completeness,
                             action_digest = c.action_digest, progress = jsonb_set(h.progress, '{asked}', c.asked)
       FROM jsonb_to_recordset($1::jsonb) AS c (handoff_id uuid, agent_id text, sequence int, packet_version int, urgency text, completeness jsonb,
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

const makesVersion = (it: Made): it is Exclude<Made, { kind: 'replied' }> =>
  it.kind === 'delivered' || (it.kind === 'asked' && it.request.type === 'add_context');

const before = (requestId: string): Asked => ({ kind: 'asked_before', requestId });

function askOne(
  ask: AskFor,
  target: ReturnType<typeof chooseHandoff> | undefined,
  standings: ReadonlyMap<HandoffId, Standing>,
  at: string,
): Asked {
  if (target?.kind !== 'ok') return { kind: 'faults', faults: target?.faults ?? [] };
  const standing = standings.get(target.value);
  const isHere = standing && standing.tenant === ask.tenant;
  return isHere ? applyAsk(standing, ask.agentId, ask.requestId, ask.ask, at) : { kind: 'faults', faults: [notOfAgent(target.value)] };
}

function outcomeOf(asked: Asked, requestId: string): AskOutcome {
  if (asked.kind === 'delivered') return { kind: 'delivered', requestId, packetVersion: asked.event.packet_version, event: asked.event };
  if (asked.kind === 'replied') return { kind: 'replied', requestId, event: asked.event };
  return asked.kind === 'asked'
    ? { kind: 'asked', requestId: asked.request.requestId, packetVersion: asked.request.packetVersion, event: asked.event }
    : asked;
}

const standingRow = ({ handoffId, agentId, sequence, packetVersion, packet, asked }: Standing) => ({
  handoff_id: handoffId,
  agent_id: agentId,
  sequence,
  packet_version: packetVersion,
  urgency: packet.urgency,
  completeness: scoreCompleteness(packet),
  action_digest: actionDigest(packet.recommended_action),
  asked,
});
