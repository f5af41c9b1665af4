import type { HandoffAssignment, PersonId, QuestionId, TermWarning } from '@handoff/contracts';

/** As `GET /v1/assignments` has it: the last word on whose turn a task is, what it came to, and what else its agent was told. */
export type Offer = HandoffAssignment & {
  readonly state: string;
  readonly asks?: readonly Ask[];
  readonly warnings?: readonly (TermWarning & { readonly text: string; readonly at: string })[];
};

interface Ask {
  readonly ask_id: QuestionId;
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
  return [
    word(turn, String(turn.sequence), !OPEN.includes(state)),
    ...warnings.map(({ term, share, text, at }) =>
      word({ ...turn, event: 'warning', asked_by: null, asked_at: at, text, warning: { term, share } }, `${term} ${share} ${at}`),
    ),
    ...asks.flatMap(({ ask_id: question_id, answer: text, answered_by: asked_by, answered_at: asked_at }) =>
      text === null || asked_at === null ? [] : [word({ ...turn, event: 'answer', asked_by, asked_at, text, question_id }, question_id)],
    ),
  ];
}

const word = (told: HandoffAssignment, name: string, isOld = true): Word => ({
  name: `${told.offer_id} ${told.event} ${name}`,
  isOld,
  told,
});
