import {
  AgentReply,
  fault,
  ok,
  refuse,
  validate,
  type AgentId,
  type Fault,
  type HandoffId,
  type Json,
  type JsonObject,
  type Result,
  type TaskId,
} from '@handoff/contracts';

/** What an agent asks of a handoff that it has made. */
export type Ask = { readonly type: 'withdraw'; readonly reason: string } | { readonly type: 'add_context'; readonly context: JsonObject };

export type Target = { readonly kind: 'handoff'; readonly handoffId: HandoffId } | { readonly kind: 'task'; readonly taskId: TaskId };

export interface Reply {
  readonly target: Target;
  /** Null where the reply does not say who writes. */
  readonly agentId: AgentId | null;
  readonly ask: Ask;
}

export function readReply(sent: Json): Result<Reply> {
  const checked = validate(AgentReply, sent);
  if (checked.kind === 'faults') return checked;
  const reply = checked.value;
  const target = targetOf(reply);
  const ask = askOf(reply);
  const faults: readonly Fault[] = [...(target === null ? [NO_TARGET] : []), ...(ask === null ? [NO_CONTEXT] : [])];
  if (target === null || ask === null) return refuse(...faults);
  return ok({ target, ask, agentId: reply.agent_id ?? null });
}

const NO_TARGET = fault('handoff_id', 'missing', 'handoff_id is missing; name the handoff, or its task in task_id.');
const NO_CONTEXT = fault(
  'context',
  'missing',
  'context is missing; with add_context it holds the fields that replace those of the packet.',
);

function targetOf({ handoff_id: handoffId, task_id: taskId }: AgentReply): Target | null {
  if (handoffId) return { kind: 'handoff', handoffId: handoffId.toLowerCase() as HandoffId }; // as Postgres writes it, and we compare
  return taskId ? { kind: 'task', taskId } : null;
}

function askOf({ reply, reason, context }: AgentReply): Ask | null {
  if (reply === 'withdraw') return { type: 'withdraw', reason: reason ?? '' };
  return context ? { type: 'add_context', context } : null;
}
