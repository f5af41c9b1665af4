import {
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  handoffRejected,
  handoffRouted,
  isJsonObject,
  type HandoffId,
  type Json,
  type JsonObject,
} from '@handoff/contracts';

/** What an agent, and whoever reads along, hears of a handoff. */
export type Heard =
  | { readonly kind: 'accepted'; readonly taskId: string; readonly handoffId: HandoffId }
  | { readonly kind: 'rejected'; readonly taskId: string; readonly why: string }
  | { readonly kind: 'routed'; readonly handoffId: HandoffId; readonly asked: readonly string[] }
  | { readonly kind: 'decided'; readonly taskId: string }
  | { readonly kind: 'feedback'; readonly taskId: string };

export const HEARD_TOPICS = [handoffAccepted, handoffRejected, handoffRouted, handoffDecisions, handoffFeedback].map(({ topic }) => topic);

/** @returns null for what is no event of a handoff that somebody waits for */
export function hear(topic: string, value: Buffer | null): Heard | null {
  const event = value && parsed(value);
  if (!isJsonObject(event)) return null;
  const handoffId = String(event['handoff_id']) as HandoffId; // its one writer is ours
  const taskId = String(event['task_id']);
  switch (topic) {
    case handoffAccepted.topic:
      return { kind: 'accepted', taskId: String(field(event['packet'], 'task_id')), handoffId };
    case handoffRejected.topic:
      return { kind: 'rejected', taskId, why: JSON.stringify(event['errors'] ?? null) };
    case handoffRouted.topic:
      return event['event'] === 'asked' ? { kind: 'routed', handoffId, asked: textsOf(event['asked']) } : null;
    case handoffDecisions.topic:
      return { kind: 'decided', taskId };
    case handoffFeedback.topic:
      return { kind: 'feedback', taskId };
    default:
      return null;
  }
}

const textsOf = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const field = (of: Json | undefined, name: string): Json => (isJsonObject(of ?? null) ? ((of as JsonObject)[name] ?? null) : null);

function parsed(value: Buffer): Json {
  try {
    return JSON.parse(value.toString('utf8')) as Json; // what JSON.parse gives is Json
  } catch {
    return null;
  }
}
