import { Transactions, unwrap, type Transaction } from '@handoff/bus';
import {
  fault,
  handoffAccepted,
  newId,
  NO_ENVELOPE,
  parseJson,
  refuse,
  type AgentId,
  type Fault,
  type HandoffId,
  type Result,
  type TakenKind,
  type TenantId,
} from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { keyConflict } from '../domain/key-conflict.js';
import { newnessOf } from '../domain/newness-of.js';
import type { OverLimit } from '../domain/over-limit.js';
import { readSent, type SentHandoff } from '../domain/read-sent.js';
import type { Sender } from '../domain/sender-of.js';
import { handoffsAccepted, handoffsRepeated } from '../intake.metrics.js';
import { acceptanceOf, Acceptances, type Candidate, type Outcome } from '../store/acceptances.js';
import type { CallingAgent } from '../store/agent-keys.js';
import type { HandoffView } from '../store/handoff-views.js';
import { takenOrProblem, type Taken } from './taken-or-problem.js';

export type Posted =
  | { readonly kind: 'accepted' | 'repeated'; readonly handoffId: HandoffId }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | ({ readonly kind: 'limited' } & OverLimit);

/** Who posts, as the door knows it. */
export type PostedBy = Sender & { readonly tenant: TenantId };

/** The same acceptance as from Kafka, for one handoff that came over HTTP. */
@Injectable()
export class PostHandoff {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(Acceptances) private readonly acceptances: Acceptances,
  ) {}

  /** @throws Problem that names everything that is wrong with it */
  async ofAgent(kind: TakenKind, agent: CallingAgent, bytes: Uint8Array, idempotencyKey: string | null): Promise<Taken> {
    const read = ofAgent(readPosted(kind, bytes, idempotencyKey), agent.agentId);
    return takenOrProblem(read.kind === 'ok' ? await this.accept(postedBy(agent), read.value, bytes) : read);
  }

  async accept({ tenant, agentId, by, givenBy }: PostedBy, sent: SentHandoff, bytes: Uint8Array): Promise<Posted> {
    const newness = newnessOf({ tenant, by }, sent);
    const candidate: Candidate = { tenant, agentId, givenBy, handoffId: newId<HandoffId>(), sent, bytes, newness };
    return this.transactions.run(async (tx) => {
      const outcome = (await this.acceptances.keep(tx, [candidate])).get(candidate);
      return tell(tx, candidate, outcome);
    });
  }
}

/** What an agent's key may say of a handoff as soon as it is taken. */
type Acceptance = Accepted<Pick<HandoffView, 'handoff_id' | 'status' | 'sequence' | 'accepted_at' | 'completeness'>>;
type Accepted<View> = { readonly [Field in keyof View]: NonNullable<View[Field]> };

export const acceptanceIn = ({ handoff_id, status, sequence, accepted_at, completeness }: HandoffView): Acceptance =>
  ({ handoff_id, status, sequence, accepted_at, completeness }) as Acceptance; // of what was accepted, all of it is known

/** A body as it came, bare or in a structured event. */
export function readPosted(kind: TakenKind, bytes: Uint8Array, idempotencyKey: string | null): Result<SentHandoff> {
  const parsed = parseJson(bytes);
  if (parsed.kind === 'faults') return parsed;
  const { data, envelope } = unwrap(NO_ENVELOPE, parsed.value);
  return readSent(kind, data, envelope, idempotencyKey);
}

/** A packet that names another agent than the one whose key came with it is nobody's. */
function ofAgent(read: Result<SentHandoff>, agentId: AgentId): Result<SentHandoff> {
  if (read.kind === 'faults') return read;
  const { agent, transfer } = read.value.packet;
  if (agent === undefined || agent.id === agentId) return read;
  const path = transfer ? 'from' : 'agent.id';
  return refuse(
    fault(path, 'not_allowed_value', `${path} differs from the agent of this key, which is "${agentId}". Use that agent's key.`),
  );
}

const postedBy = ({ tenant, agentId }: CallingAgent): PostedBy => ({ tenant, agentId, by: agentId, givenBy: null });

function tell(tx: Transaction, candidate: Candidate, outcome: Outcome | undefined): Posted {
  switch (outcome?.kind) {
    case 'accepted': {
      const { urgency } = candidate.sent.packet;
      tx.publish(handoffAccepted, [acceptanceOf(candidate, outcome)]);
      tx.afterCommit(() => handoffsAccepted.inc({ door: 'http', urgency }));
      return { kind: 'accepted', handoffId: outcome.handoffId };
    }
    case 'limited':
      return outcome;
    case 'refused':
      return { kind: 'faults', faults: outcome.faults };
    case 'conflicting':
      return { kind: 'faults', faults: [keyConflict(outcome.handoffId)] };
    case 'repeated':
      tx.afterCommit(() => handoffsRepeated.inc({ door: 'http', rule: outcome.rule }));
      return { kind: 'repeated', handoffId: outcome.handoffId };
    case undefined:
      return { kind: 'faults', faults: [] };
  }
}
