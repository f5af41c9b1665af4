import type { AgentId, HandoffAssignment, PersonId, QuestionId, TermWarning } from '@handoff/contracts';

/** As `GET /v1/assignments` has it: the last word on whose turn a task is, what it came to, and what else its agent was told. */
export type Offer = HandoffAssignment & {
  readonly state: string;
  readonly asks?: readonly Ask[];
  readonly warnings?: readonly (TermWarning & { readonly text: string; readonly at: string })[];
};

/** What whoever works on a task asked people for its sake. */
export interface Ask {
  readonly ask_id: QuestionId;
  /** Left out of what was asked before this was kept. */
  readonly agent_id?: AgentId;
  readonly question: string;
  readonly asked_at: string;
  readonly answer: string | null;
  readonly answered_by: PersonId | null;
  readonly answered_at: string | null;
}

export interface Word {
  /** The same as often as it is read. */
  readonly name: string;
  /** An agent that has just started need not act on it any more. */
  readonly isOld: boolean;
  /** As on the topic. */
  readonly told: HandoffAssignment;
}

const OPEN: readonly string[] = ['offered', 'confirmed'];

/** Whose turn it is comes first. */
export function wordsIn({ state, asks = [], warnings = [], ...turn }: Offer): readonly Word[] {
  const isOver = !OPEN.includes(state);
  return [
    word(turn, String(turn.sequence), isOver),
    ...warnings.map(({ term, share, text, at }) =>
      word({ ...turn, event: 'warning', asked_by: null, asked_at: at, text, warning: { term, share } }, `${term} ${share} ${at}`, true),
    ),
    ...asks.filter(isAnswered).map((ask) => word(answerTo(ask, turn), ask.ask_id, isOver || hasGoneOn(ask, turn, asks))),
  ];
}

type Answered = Ask & { readonly answer: string; readonly answered_at: string };
const isAnswered = (ask: Ask): ask is Answered => ask.answer !== null && ask.answered_at !== null;

const answerTo = ({ ask_id, answer, answered_by, answered_at }: Answered, turn: HandoffAssignment): HandoffAssignment => ({
  ...{ ...turn, event: 'answer', question_id: ask_id },
  ...{ asked_by: answered_by, asked_at: answered_at, text: answer },
});

/** The work has come back since, or its agent has asked something else: the answer was heard. */
const hasGoneOn = ({ answered_at: at }: Answered, turn: HandoffAssignment, asks: readonly Ask[]): boolean =>
  [turn, ...asks].some(({ asked_at: since }) => Date.parse(since) > Date.parse(at));

const word = (told: HandoffAssignment, name: string, isOld: boolean): Word => ({
  name: `${told.offer_id} ${told.event} ${name}`,
  isOld,
  told,
});
