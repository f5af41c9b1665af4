import {
  AgentReply,
  assertNever,
  deriveId,
  fault,
  maskText,
  ok,
  refuse,
  secretsInIds,
  validate,
  type AgentId,
  type Fault,
  type DeliveredWork,
  type HandoffId,
  type Json,
  type JsonObject,
  type OfferId,
  type QuestionId,
  type Result,
  type TaskId,
} from '@handoff/contracts';
import type { Report } from './tell-account.js';

/** What an agent asks of a handoff that it has made, or replies to what it was asked about it. */
export type Ask =
  | { readonly type: 'withdraw'; readonly reason: string }
  | { readonly type: 'add_context'; readonly context: JsonObject }
  | { readonly type: 'answer'; readonly questionId: QuestionId; readonly text: string }
  | { readonly type: 'stopped' | 'already_done'; readonly text: string }
  | Work;

/** What an agent says of a task that it was offered. */
export type Work = { readonly offerId: OfferId } & (
  | { readonly type: 'accept' | 'refuse'; readonly text: string }
  | { readonly type: 'progress'; readonly text: string; readonly report: Report }
  | { readonly type: 'ask'; readonly questionId: QuestionId; readonly text: string }
  | { readonly type: 'deliver'; readonly delivery: DeliveredWork; readonly report: Report }
);

export type Target =
  | { readonly kind: 'handoff'; readonly handoffId: HandoffId }
  | { readonly kind: 'offer'; readonly offerId: OfferId }
  | { readonly kind: 'task'; readonly taskId: TaskId };

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
  const secrets = secretsInIds({ task_id: reply.task_id, agent_id: reply.agent_id });
  const misplaced = misplacedReport(reply);
  if (target === null || ask.kind === 'faults' || secrets.length > 0 || misplaced.length > 0)
    return refuse(...(target === null ? [NO_TARGET] : []), ...(ask.kind === 'faults' ? ask.faults : []), ...secrets, ...misplaced);
  return ok({ target, ask: ask.value, agentId: reply.agent_id ?? null });
}

const missing = (path: string, what: string): Fault => fault(path, 'missing', `${path} is missing; ${what}`);
const NO_TARGET = missing('handoff_id', 'name the handoff, or its task in task_id.');
const NO_CONTEXT = missing('context', 'with add_context it holds the fields that replace those of the packet.');
const NO_QUESTION = missing('question_id', 'an answer names its question.');
const NO_TEXT = missing('text', 'an answer and a question need words.');
const NO_OFFER = missing('offer_id', 'name the offer, as handoff.assignments does.');
const NO_DELIVERY = missing('delivery', 'with deliver it holds what was made.');

function targetOf({ handoff_id: handoffId, offer_id: offerId, task_id: taskId }: AgentReply): Target | null {
  if (handoffId) return { kind: 'handoff', handoffId: handoffId.toLowerCase() as HandoffId }; // as Postgres writes it, and we compare
  if (offerId) return { kind: 'offer', offerId: offerId.toLowerCase() as OfferId };
  return taskId ? { kind: 'task', taskId } : null;
}

/** Words go on to people, so they are masked as they are read; context becomes a part of the packet, and is masked with it. */
function askOf(sent: AgentReply): Result<Ask> {
  const { reply, reason, context, question_id: questionId } = sent;
  const text = maskText(sent.text ?? '');
  switch (reply) {
    case 'withdraw':
      return ok({ type: reply, reason: maskText(reason ?? '') });
    case 'add_context':
      return context ? ok({ type: reply, context }) : refuse(NO_CONTEXT);
    case 'answer':
      if (!questionId || text.trim() === '') return refuse(...(questionId ? [] : [NO_QUESTION]), ...(text.trim() === '' ? [NO_TEXT] : []));
      return ok({ type: reply, questionId: questionId.toLowerCase() as QuestionId, text }); // as we wrote it, and we compare
    case 'stopped':
    case 'already_done':
      return ok({ type: reply, text });
    case 'accept':
    case 'refuse':
    case 'progress':
    case 'ask':
    case 'deliver':
      return workOf(sent, reply, text);
    default:
      return assertNever(reply);
  }
}

/** What is told of a task by its holder alone; with anything else it would be lost without a word. */
function misplacedReport({ reply, spent, decisions }: AgentReply): readonly Fault[] {
  if (reply === 'progress' || reply === 'deliver') return [];
  const told = Object.entries({ spent, decisions }).filter(([, it]) => it !== undefined);
  return told.map(([path]) => fault(path, 'not_allowed_value', `${path} is told with progress or deliver.`));
}

/** What was decided goes on to people, so it is masked as words are. */
const reportOf = ({ spent, decisions = [] }: AgentReply): Report => ({
  spent: spent ?? null,
  decisions: decisions.map(({ covered_by, text, ...it }) => ({
    ...it,
    text: maskText(text),
    ...(covered_by ? { covered_by: covered_by.toLowerCase() as HandoffId } : {}), // as Postgres writes it, and we compare
  })),
});

function workOf(sent: AgentReply, type: Work['type'], text: string): Result<Work> {
  const { offer_id, delivery } = sent;
  if (!offer_id) return refuse(NO_OFFER);
  const offerId = offer_id.toLowerCase() as OfferId; // as Postgres writes it, and we compare
  switch (type) {
    case 'accept':
    case 'refuse':
      return ok({ type, offerId, text });
    case 'progress':
      return ok({ type, offerId, text, report: reportOf(sent) });
    case 'ask':
      // The same question again is the same one, so that an agent may ask until it is heard.
      return text.trim() === '' ? refuse(NO_TEXT) : ok({ type, offerId, questionId: deriveId<QuestionId>('ask', offerId, text), text });
    case 'deliver':
      return delivery ? ok({ type, offerId, delivery, report: reportOf(sent) }) : refuse(NO_DELIVERY);
  }
}
