import {
  fault,
  type AgentId,
  type Fault,
  type HandoffAccepted,
  type HandoffId,
  type HandoffReplied,
  type JsonObject,
} from '@handoff/contracts';
import { acceptedEvent, type HandoffFacts } from './accepted-event.js';
import { applyWork, isWork } from './apply-work.js';
import { applyReply } from './apply-reply.js';
import type { AskedOfAgent } from './asked-of-agent.js';
import { mergeContext } from './merge-context.js';
import type { Offer } from './offer.js';
import type { Ask } from './read-reply.js';

/** A handoff as it stands before something is asked of it. */
export interface Standing extends HandoffFacts {
  readonly ended: boolean;
  readonly sent: JsonObject;
  /** A withdrawal that was asked for and is not settled; asking again is the same request. */
  readonly withdrawal: string | null;
  /** Of the agent, by people. */
  readonly asked: AskedOfAgent;
  /** To agents; none where people are asked. */
  readonly offers: readonly Offer[];
  /** Handoffs that agents made within this one, and in which a person approved what they recommend; left out where none was named. */
  readonly approvals?: readonly { readonly handoffId: HandoffId; readonly agentId: AgentId }[];
}

export interface NewRequest {
  readonly requestId: string;
  readonly type: 'withdraw' | 'add_context';
  readonly reason: string | null;
  /** The version that the context made. */
  readonly packetVersion: number | null;
}

export type Asked =
  | { readonly kind: 'asked'; readonly standing: Standing; readonly request: NewRequest; readonly event: HandoffAccepted }
  | { readonly kind: 'delivered'; readonly standing: Standing; readonly event: HandoffAccepted }
  | { readonly kind: 'replied'; readonly standing: Standing; readonly event: HandoffReplied }
  | { readonly kind: 'asked_before'; readonly requestId: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

/** @param by the agent, where it is known */
export function applyAsk(standing: Standing, by: string | null, requestId: string, ask: Ask, at: string): Asked {
  if (isWork(ask)) return applyWork(standing, by, requestId, ask, at);
  const owner = ask.type === 'withdraw' ? ownerOf(standing) : standing.agentId;
  if (by !== null && by !== owner) return refused(by === standing.agentId ? givenToIt(standing, by) : notOfAgent(standing.handoffId));
  if (ask.type !== 'withdraw' && ask.type !== 'add_context') return applyReply(standing, requestId, ask, at);
  if (standing.ended) return refused(alreadyEnded(standing));
  switch (ask.type) {
    case 'withdraw':
      return withdraw(standing, requestId, ask.reason, at);
    case 'add_context':
      return addContext(standing, requestId, ask.context);
  }
}

/** Who may take it back; null where that is no agent: what a person gave, people end. */
const ownerOf = ({ kind, agentId, givenBy }: Standing): AgentId | null => (kind === 'delegation' ? givenBy : agentId);

const givenToIt = ({ handoffId }: Standing, agentId: string): Fault =>
  fault(
    'reply',
    'not_allowed_value',
    `Handoff ${handoffId} was given to ${agentId}, and whoever gave it takes it back. To leave it, reply "refuse" with its offer_id.`,
  );

function withdraw(standing: Standing, requestId: string, reason: string, at: string): Asked {
  if (standing.withdrawal !== null) return { kind: 'asked_before', requestId: standing.withdrawal };
  const next = { ...standing, sequence: standing.sequence + 1, withdrawal: requestId };
  const event = acceptedEvent(next, { event: 'withdrawal_asked', requestId, reason, askedAt: at });
  return { kind: 'asked', standing: next, event, request: { requestId, type: 'withdraw', reason, packetVersion: null } };
}

function addContext(standing: Standing, requestId: string, context: JsonObject): Asked {
  if (standing.kind !== 'escalation') return refused(onlyQuestionsGrow);
  const merged = mergeContext(standing.sent, context);
  if (merged.kind === 'faults') return merged;
  const packetVersion = standing.packetVersion + 1;
  const next = { ...standing, ...merged.value, packetVersion, sequence: standing.sequence + 1 };
  const event = acceptedEvent(next, { event: 'updated', requestId });
  return { kind: 'asked', standing: next, event, request: { requestId, type: 'add_context', reason: null, packetVersion } };
}

const onlyQuestionsGrow = fault(
  'reply',
  'not_allowed_value',
  'Context is added to what people are asked, and to nothing that was given or passed on.',
);

export const notOfAgent = (handoffId: HandoffId): Fault =>
  fault(
    'handoff_id',
    'unknown_handoff',
    `There is no handoff ${handoffId} of this agent here. Check the id, and that the handoff was accepted.`,
  );

const refused = (...faults: readonly Fault[]): Asked => ({ kind: 'faults', faults });

export const alreadyEnded = ({ handoffId }: Pick<Standing, 'handoffId'>): Fault =>
  fault('handoff_id', 'already_ended', `Handoff ${handoffId} has ended; read its decision. For more, hand off again.`);
