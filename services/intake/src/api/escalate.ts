import { Transactions, unwrap, type Transaction } from '@handoff/bus';
import { fault, handoffAccepted, newId, parseJson, refuse, type Fault, type HandoffId, type Result, NO_ENVELOPE } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { keyConflict } from '../domain/key-conflict.js';
import { acceptedEvent } from '../domain/accepted-event.js';
import { knownBy, newnessOf } from '../domain/newness-of.js';
import type { OverLimit } from '../domain/over-limit.js';
import { readEscalation, type Escalation } from '../domain/read-escalation.js';
import { handoffsAccepted, handoffsRepeated } from '../intake.metrics.js';
import { Acceptances, type Candidate, type Outcome } from '../store/acceptances.js';
import type { CallingAgent } from '../store/agent-keys.js';

export type Escalated =
  | { readonly kind: 'accepted' | 'repeated'; readonly handoffId: HandoffId }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | ({ readonly kind: 'limited' } & OverLimit);

/** The same acceptance as from Kafka, for one packet that came over HTTP. */
@Injectable()
export class Escalate {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Acceptances) private readonly acceptances: Acceptances,
  ) {}

  async escalate(agent: CallingAgent, bytes: Uint8Array, idempotencyKey: string | null): Promise<Escalated> {
    const read = readPosted(agent, bytes, idempotencyKey);
    if (read.kind === 'faults') return read;
    const escalation = read.value;
    const newness = newnessOf(agent, escalation);
    const candidate: Candidate = { ...agent, handoffId: newId<HandoffId>(), kind: 'escalation', escalation, bytes, newness };
    return this.transactions.run(async (tx) => {
      const outcome = (await this.acceptances.keep(tx, [candidate])).get(candidate);
      return tell(tx, candidate, outcome);
    });
  }
}

function readPosted(agent: CallingAgent, bytes: Uint8Array, idempotencyKey: string | null): Result<Escalation> {
  const parsed = parseJson(bytes);
  if (parsed.kind === 'faults') return parsed;
  const { data, envelope } = unwrap(NO_ENVELOPE, parsed.value);
  const read = readEscalation(data, envelope, idempotencyKey);
  if (read.kind === 'faults') return read;
  const named = read.value.packet.agent?.id;
  if (named === undefined || named === agent.agentId) return read;
  return refuse(
    fault(
      'agent.id',
      'not_allowed_value',
      `agent.id differs from the agent of this key, which is "${agent.agentId}". Leave it out, or use that agent's key.`,
    ),
  );
}

function tell(tx: Transaction, candidate: Candidate, outcome: Outcome | undefined): Escalated {
  switch (outcome?.kind) {
    case 'accepted': {
      const { acceptedAt, sequence } = outcome;
      const { packet } = candidate.escalation;
      const facts = { ...candidate, packet, taskId: packet.task_id, packetVersion: 1, acceptedAt, sequence };
      const event = acceptedEvent(facts, { event: 'accepted', knownBy: knownBy(candidate.newness, candidate.escalation) });
      tx.publish(handoffAccepted, [event]);
      tx.afterCommit(() => handoffsAccepted.inc({ door: 'http', urgency: packet.urgency }));
      return { kind: 'accepted', handoffId: outcome.handoffId };
    }
    case 'limited':
      return outcome;
    case 'conflicting':
      return { kind: 'faults', faults: [keyConflict(outcome.handoffId)] };
    case 'repeated':
      tx.afterCommit(() => handoffsRepeated.inc({ door: 'http', rule: outcome.rule }));
      return { kind: 'repeated', handoffId: outcome.handoffId };
    case undefined:
      return { kind: 'faults', faults: [] };
  }
}
