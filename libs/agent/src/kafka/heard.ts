import {
  giverNamed,
  type AgentId,
  type HandoffAccepted,
  type HandoffAssignment,
  type HandoffDecision,
  type HandoffFeedback,
  type HandoffReplied,
  type JsonObject,
} from '@handoff/contracts';
import type { HandoffState, Question } from '../transport.js';

/** What the topics said about one handoff, put together. */
export interface Heard extends HandoffState {
  /** Who asks or passes on, or whose a delegation is, by the newest packet; null until it was heard. */
  readonly agent_id: AgentId | null;
  /** Of a delegation, who gave it; of an agent it is `agent:` and its name. */
  readonly delegated_by: string | null;
  /** Under which it was asked. */
  readonly key: string | null;
  /** The newest packet, as it crossed the topic; null until it was heard, and where secrets are masked in it. */
  readonly packet: JsonObject | null;
}

export type Said =
  | { readonly topic: 'accepted'; readonly event: HandoffAccepted }
  | { readonly topic: 'decision'; readonly event: HandoffDecision }
  | { readonly topic: 'feedback'; readonly event: HandoffFeedback }
  | { readonly topic: 'assignment'; readonly event: HandoffAssignment }
  | { readonly topic: 'replied'; readonly event: HandoffReplied };

export const NOTHING_YET: Omit<Heard, 'handoff_id' | 'task_id'> = {
  ...{ kind: 'escalation', sequence: 0, packet_version: 0, completeness: { score: 0, warnings: [] } },
  ...{ decision: null, feedback: null, questions: [], recall: null, agent_id: null, delegated_by: null, key: null, packet: null },
};

/** Topics have no order among each other, and an older word changes nothing: a decision may be heard before the acceptance. */
export function withSaid(before: Heard | undefined, said: Said): Heard {
  const { handoff_id, task_id } = said.event;
  const known = before ?? { ...NOTHING_YET, handoff_id, task_id };
  return { ...known, ...changeBy(known, said), sequence: known.sequence + 1 };
}

/**
 * What begins to be heard of: what this agent asked, and all that was given or passed on. That may be offered to it next, or be what it gave,
 * and the end of it may be read before its beginning.
 */
export function isHeard({ topic, event }: Said, agentId: string): boolean {
  return event.agent_id === agentId || ((topic === 'accepted' || topic === 'decision') && event.kind !== 'escalation');
}

/** What that agent asked, passed on or gave, and not what it was given. */
export function isAwaited({ decision, packet_version: version, kind, agent_id: by, delegated_by: giver }: Heard, agentId: string): boolean {
  const isOwn = kind === 'delegation' ? giver === giverNamed(agentId) : by === agentId;
  return isOwn && decision === null && version > 0;
}

function changeBy(known: Heard, said: Said): Partial<Heard> {
  switch (said.topic) {
    case 'accepted':
      return accepted(known, said.event);
    case 'decision':
      return { decision: known.decision ?? said.event };
    case 'feedback':
      return (known.feedback?.revision ?? 0) < said.event.revision ? { feedback: said.event } : {};
    case 'assignment':
      return asked(known, said.event);
    case 'replied':
      return replied(known, said.event);
  }
}

function accepted(known: Heard, { packet_version, agent_id, packet, completeness, kind, masked = null }: HandoffAccepted): Partial<Heard> {
  if (packet_version < known.packet_version) return {};
  const hasAll = (masked ?? []).length === 0;
  return {
    ...{ packet_version, agent_id, completeness, kind },
    delegated_by: packet.delegation?.delegated_by ?? null,
    key: packet.idempotency_key ?? known.key,
    packet: hasAll ? (packet as unknown as JsonObject) : null, // JSON, as it was read
  };
}

function asked({ questions, recall }: Heard, { event, question_id: id, text, decision_id }: HandoffAssignment): Partial<Heard> {
  if (event === 'recall') return { recall: recall ?? { reason: text, decision_id, reply: null } };
  if (event !== 'question' || id === null || questions.some((it) => it.question_id === id)) return {};
  const question: Question = { question_id: id, question: text, answer: null };
  return { questions: [...questions, question] };
}

function replied({ questions, recall }: Heard, { event, question_id: id, text }: HandoffReplied): Partial<Heard> {
  if (event === 'answer') return { questions: questions.map((it) => (it.question_id === id ? { ...it, answer: text } : it)) };
  const isOfRecall = event === 'stopped' || event === 'already_done';
  return recall && isOfRecall ? { recall: { ...recall, reply: event } } : {};
}
