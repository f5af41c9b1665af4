import { isDeepStrictEqual } from 'node:util';
import {
  assertNever,
  type Account,
  type AgentId,
  type AssignmentEvent,
  type CriterionChange,
  type DecisionId,
  type HandoffAssignment,
  type HandoffReplied,
  type OfferId,
  type PersonId,
  type QuestionId,
  type Replied,
  type Spent,
  type TermWarning,
} from '@handoff/contracts';
import { mergeAccounts, NO_ACCOUNT } from './tell-account.js';

/** What people have asked of an agent about its handoff, and what it replied; the agent reads it as it is. */
export interface AskedOfAgent {
  /** The oldest first. */
  readonly questions: readonly Question[];
  readonly recall: Recall | null;
  readonly handed_back: HandedBack | null;
  /** Left out by releases that gave agents nothing: the last word on whose the task is. */
  readonly turn?: Turn | null;
  /** What its agent asked while it worked; the oldest first. */
  readonly asks?: readonly AgentsQuestion[];
  /** What those who had the task said of how it goes; the oldest first. Whoever has it next goes on from there. */
  readonly progress?: readonly SaidOfWork[];
  /** What its agents have told of what it costs and what they decided; left out until they do. */
  readonly account?: Account;
  /** Of its budget, as it was told last; left out until then. */
  readonly spent?: Spent;
  /** That its terms come to their end, or are past; the newest last. */
  readonly warnings?: readonly AgentsWarning[];
}

export interface SaidOfWork {
  readonly agent_id: AgentId;
  readonly text: string;
  readonly at: string;
}

/** What routing said last to an agent about the task. */
export interface Turn {
  readonly event: AssignmentEvent;
  readonly agent_id: AgentId;
  readonly offer_id: OfferId | null;
  readonly due_by: string | null;
  readonly text: string;
  readonly changes: readonly CriterionChange[];
  readonly at: string;
}

export interface AgentsWarning extends TermWarning {
  readonly agent_id: AgentId;
  readonly text: string;
  readonly at: string;
}

export interface AgentsQuestion {
  readonly ask_id: QuestionId;
  /** Left out of what was asked before this was kept. */
  readonly agent_id?: AgentId;
  readonly question: string;
  readonly asked_at: string;
  readonly answer: string | null;
  readonly answered_by: PersonId | null;
  readonly answered_at: string | null;
}

export interface Question {
  readonly question_id: QuestionId;
  readonly question: string;
  readonly asked_by: PersonId | null;
  readonly asked_at: string;
  readonly answer: string | null;
  readonly answered_at: string | null;
}

/** What was decided is to be stopped. */
export interface Recall {
  readonly decision_id: DecisionId | null;
  readonly reason: string;
  readonly asked_by: PersonId | null;
  readonly asked_at: string;
  readonly reply: Extract<Replied, 'stopped' | 'already_done'> | null;
}

/** A person had taken the task over, and gives it back. */
export interface HandedBack {
  readonly decision_id: DecisionId | null;
  readonly work_done: string;
  readonly handed_back_by: PersonId | null;
  readonly at: string;
}

export const NOTHING_ASKED: AskedOfAgent = { questions: [], recall: null, handed_back: null };

/** More are on the topic; one is open at a time, and it is the newest. */
const MOST_QUESTIONS = 20;
/** The last that were said: a word each minute would fill the row. */
const MOST_PROGRESS = 20;

/** As it was where it is known already. */
export function withAssigned(asked: AskedOfAgent, assigned: HandoffAssignment): AskedOfAgent {
  const { asked_by, asked_at, text, decision_id } = assigned;
  switch (assigned.event) {
    case 'question': {
      const { question_id } = assigned;
      if (question_id === null || asked.questions.some((it) => it.question_id === question_id)) return asked;
      const question = { question_id, question: text, asked_by, asked_at, answer: null, answered_at: null };
      return { ...asked, questions: [...asked.questions, question].slice(-MOST_QUESTIONS) };
    }
    case 'recall':
      return asked.recall ? asked : { ...asked, recall: { decision_id, reason: text, asked_by, asked_at, reply: null } };
    case 'handed_back':
      return asked.handed_back
        ? asked
        : { ...asked, handed_back: { decision_id, work_done: text, handed_back_by: asked_by, at: asked_at } };
    case 'answer':
      return withAnswer(asked, assigned);
    case 'warning':
      return withWarning(asked, assigned);
    case 'offered':
    case 'confirmed':
    case 'lapsed':
    case 'changes_requested':
    case 'cancelled':
      return withTurn(asked, assigned);
    default:
      return assertNever(assigned.event);
  }
}

/** As it was where it is known already, or nobody is known to have asked it. */
export function withReplied(asked: AskedOfAgent, replied: HandoffReplied): AskedOfAgent {
  const { event, question_id, text, replied_at: at } = replied;
  switch (event) {
    case 'answer':
      return withReplyTo(asked, question_id, text, at);
    case 'stopped':
    case 'already_done':
      return asked.recall?.reply === null ? { ...asked, recall: { ...asked.recall, reply: event } } : asked;
    case 'ask':
      return question_id === null
        ? asked
        : withAsk(asked, { ask_id: question_id, agent_id: replied.agent_id, question: text, asked_at: at });
    case 'progress':
      return withTold(withProgress(asked, { agent_id: replied.agent_id, text, at }), replied);
    case 'accept':
    case 'refuse':
      return asked; // what became of it, routing says
    default:
      return assertNever(event);
  }
}

function withReplyTo(asked: AskedOfAgent, questionId: QuestionId | null, text: string, at: string): AskedOfAgent {
  const open = asked.questions.find((it) => it.question_id === questionId && it.answer === null);
  if (!open) return asked;
  return { ...asked, questions: asked.questions.map((it) => (it === open ? { ...it, answer: text, answered_at: at } : it)) };
}

/** As it was where nothing of it is new. */
function withTold(asked: AskedOfAgent, { agent_id, spent, decisions, replied_at: told_at }: HandoffReplied): AskedOfAgent {
  if (!spent && !decisions?.length) return asked;
  const told = { spent: spent ? [{ agent_id, value: spent.value, told_at }] : [], decisions: decisions ?? [] };
  const before = asked.account ?? NO_ACCOUNT;
  const account = mergeAccounts(before, told);
  return isDeepStrictEqual(account, before) ? asked : { ...asked, account, ...(spent ? { spent } : {}) };
}

function withWarning(asked: AskedOfAgent, { agent_id, warning, text, asked_at: at }: HandoffAssignment): AskedOfAgent {
  const warnings = asked.warnings ?? [];
  // Two shares may be passed in one instant, as where the clock was behind.
  if (!warning || warnings.some((it) => it.at === at && it.term === warning.term && it.share === warning.share)) return asked;
  return { ...asked, warnings: [...warnings, { ...warning, agent_id, text, at }].slice(-MOST_QUESTIONS) };
}

/** Agents' words come on partitions of their own, so the newest by its instant counts; of one instant, the one that gives. */
function withTurn(
  asked: AskedOfAgent,
  { event, agent_id, offer_id, due_by, text, changes, asked_at: at }: HandoffAssignment,
): AskedOfAgent {
  const turn: Turn = { event, agent_id, offer_id: offer_id ?? null, due_by: due_by ?? null, text, changes: changes ?? [], at };
  const before = asked.turn ?? null;
  if (before && (before.at > at || (before.at === at && (event === 'lapsed' || before.event === event)))) return asked;
  return { ...asked, turn };
}

/** As it was where it was asked before. */
export function withAsk(asked: AskedOfAgent, ask: Pick<AgentsQuestion, 'ask_id' | 'agent_id' | 'question' | 'asked_at'>): AskedOfAgent {
  const asks = asked.asks ?? [];
  if (asks.some(({ ask_id }) => ask_id === ask.ask_id)) return asked;
  return { ...asked, asks: [...asks, { ...ask, answer: null, answered_by: null, answered_at: null }].slice(-MOST_QUESTIONS) };
}

/** As it was where it says nothing, or was said before. */
export function withProgress(asked: AskedOfAgent, said: SaidOfWork): AskedOfAgent {
  const before = asked.progress ?? [];
  if (said.text === '' || before.some(({ agent_id, at }) => agent_id === said.agent_id && at === said.at)) return asked;
  return { ...asked, progress: [...before, said].slice(-MOST_PROGRESS) };
}

function withAnswer(asked: AskedOfAgent, { question_id, text, asked_by, asked_at }: HandoffAssignment): AskedOfAgent {
  const asks = asked.asks ?? [];
  if (!asks.some(({ ask_id, answer }) => ask_id === question_id && answer === null)) return asked;
  const answered = { answer: text, answered_by: asked_by, answered_at: asked_at };
  return { ...asked, asks: asks.map((it) => (it.ask_id === question_id ? { ...it, ...answered } : it)) };
}
