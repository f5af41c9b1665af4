import {
  assertNever,
  type DecisionId,
  type HandoffAssignment,
  type HandoffReplied,
  type PersonId,
  type QuestionId,
  type Replied,
} from '@handoff/contracts';

/** What people have asked of an agent about its handoff, and what it replied; the agent reads it as it is. */
export interface AskedOfAgent {
  /** The oldest first. */
  readonly questions: readonly Question[];
  readonly recall: Recall | null;
  readonly handed_back: HandedBack | null;
}

export interface Question {
  readonly question_id: QuestionId;
  readonly question: string;
  readonly asked_by: PersonId;
  readonly asked_at: string;
  readonly answer: string | null;
  readonly answered_at: string | null;
}

/** What was decided is to be stopped. */
export interface Recall {
  readonly decision_id: DecisionId | null;
  readonly reason: string;
  readonly asked_by: PersonId;
  readonly asked_at: string;
  readonly reply: Exclude<Replied, 'answer'> | null;
}

/** A person had taken the task over, and gives it back. */
export interface HandedBack {
  readonly decision_id: DecisionId | null;
  readonly work_done: string;
  readonly handed_back_by: PersonId;
  readonly at: string;
}

export const NOTHING_ASKED: AskedOfAgent = { questions: [], recall: null, handed_back: null };

/** More are on the topic; one is open at a time, and it is the newest. */
const MOST_QUESTIONS = 20;

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
    default:
      return assertNever(assigned.event);
  }
}

/** As it was where that is answered already, or nobody is known to have asked it. */
export function withReplied(asked: AskedOfAgent, { event, question_id, text, replied_at }: HandoffReplied): AskedOfAgent {
  switch (event) {
    case 'answer': {
      const open = asked.questions.find((it) => it.question_id === question_id && it.answer === null);
      if (!open) return asked;
      return { ...asked, questions: asked.questions.map((it) => (it === open ? { ...it, answer: text, answered_at: replied_at } : it)) };
    }
    case 'stopped':
    case 'already_done':
      return asked.recall?.reply === null ? { ...asked, recall: { ...asked.recall, reply: event } } : asked;
    default:
      return assertNever(event);
  }
}
