import type { AgentId, HandoffAssignment, HandoffId, JsonObject } from '@handoff/contracts';
import type { AnswerChange, Told } from './answer.js';

/** `assignment`, `decision` and `feedback` as on their topics; `request`: what the agent had asked for is settled. */
export type AgentEventKind = 'assignment' | 'decision' | 'feedback' | 'request';

/** Something to act on, as it is kept. */
export interface HeardEvent {
  readonly handoff_id: HandoffId;
  /** Null: the handoff's own agent. */
  readonly agent_id: AgentId | null;
  readonly kind: AgentEventKind;
  readonly said: HandoffAssignment | null;
}

/** As an agent is told of it. */
export interface AgentEvent {
  /** Grows; a stream goes on after the last one that was heard. */
  readonly position: string;
  readonly kind: AgentEventKind;
  readonly data: JsonObject;
}

/** Feedback that comes before its decision wakes nobody, and is to be told all the same. */
export function heardBy(told: Told, { answer: { handoffId: handoff_id }, act }: AnswerChange): HeardEvent | null {
  switch (told.kind) {
    case 'assignment':
      return { handoff_id, kind: 'assignment', agent_id: told.assignment.agent_id, said: told.assignment };
    case 'decision':
      return { handoff_id, kind: 'decision', agent_id: told.decision.agent_id, said: null };
    case 'feedback':
      return { handoff_id, kind: 'feedback', agent_id: told.feedback.agent_id, said: null };
    case 'progress':
    case 'replied':
      return act ? { handoff_id, kind: 'request', agent_id: null, said: null } : null;
  }
}
