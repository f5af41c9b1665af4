import type { AskingVerdict } from '@handoff/contracts';
import type { Deed, DeskDetail } from '../api/desk-types.js';

/** Moves that ask for something more before they are made; the others are made by one press. */
export type AskingMove = Exclude<Deed, 'decide' | 'acknowledge' | 'release'>;

interface MoveWords {
  readonly label: string;
  /** What will happen, said before it does. */
  readonly effect: string;
  readonly note: string;
  readonly noteRequired?: true;
  readonly confirm: string;
}

export const MOVE_WORDS: Readonly<Record<AskingMove, MoveWords>> = {
  request_changes: {
    label: 'Request changes',
    effect: 'The same agent goes on with the same task, and delivers again. Write to each criterion what it lacks.',
    note: 'To all of it',
    confirm: 'Send it back',
  },
  answer: {
    label: 'Answer the agent',
    effect: 'The agent gets your answer, and goes on with it.',
    note: 'Answer',
    noteRequired: true,
    confirm: 'Send the answer',
  },
  request_info: {
    label: 'Ask the agent',
    effect: 'The agent gets your question, and its answer comes into the thread. The level waits for it, for a limited time.',
    note: 'Question',
    noteRequired: true,
    confirm: 'Send the question',
  },
  comment: {
    label: 'Comment',
    effect: 'People who see this handoff see it; the agent does not.',
    note: 'Comment',
    noteRequired: true,
    confirm: 'Add the comment',
  },
  reassign: {
    label: 'Hand over',
    effect: 'It goes to whom you choose, with everything that is here. The deadline stays.',
    note: 'Why',
    confirm: 'Hand it over',
  },
  escalate: {
    label: 'Escalate',
    effect: 'It goes to the next level now. This level may still answer.',
    note: 'Why',
    confirm: 'Escalate now',
  },
  defer: {
    label: 'Put off',
    effect: 'It is off the queue until then. No clock stops, and nobody is barred from it.',
    note: 'Why',
    confirm: 'Put it off',
  },
  set_urgency: { label: 'Set the urgency', effect: 'The deadlines that follow go by it.', note: 'Why', confirm: 'Set it' },
  rate: {
    label: 'Rate the asking',
    effect: 'The agent hears whether asking was right, and learns from it.',
    note: 'Why',
    confirm: 'Rate it',
  },
  recall: {
    label: 'Recall',
    effect: 'The agent is asked to stop. It answers that it has stopped, or that it was done already; the decision itself stands.',
    note: 'Why',
    confirm: 'Ask it to stop',
  },
  done: {
    label: 'Done',
    effect: 'The task is off your list, and its result is told.',
    note: 'Result',
    noteRequired: true,
    confirm: 'It is done',
  },
  hand_back: {
    label: 'Hand back',
    effect: 'The task is off your list, and the agent goes on from what you did.',
    note: 'What was done so far',
    noteRequired: true,
    confirm: 'Hand it back',
  },
};

const WITH_AGENT: readonly AskingMove[] = ['answer', 'comment'];
const WHILE_OPEN: readonly AskingMove[] = ['request_changes', 'request_info', 'comment', 'reassign', 'escalate', 'defer', 'set_urgency'];
const ONCE_ENDED: readonly AskingMove[] = ['done', 'hand_back', 'comment', 'rate', 'recall'];
const MENUS = { with_agent: WITH_AGENT, open: WHILE_OPEN, ended: ONCE_ENDED } as const;
const CAN_BE_RECALLED: readonly string[] = ['approve', 'edit', 'respond'];

/** What this person can do to it now, in the order of the menu: by right, and where it makes sense. */
export function movesFor(detail: DeskDetail): readonly AskingMove[] {
  const { state, may, level, open_question, recall, holder, ended, agent, asks, packet } = detail;
  const makesSense: Partial<Readonly<Record<AskingMove, boolean>>> = {
    request_changes: agent !== null && agent.round < agent.of && packet.delegation?.delivery !== undefined,
    answer: asks.length > 0,
    request_info: open_question === null,
    escalate: level !== null && level.number < level.of,
    recall: recall === null && ended !== null && CAN_BE_RECALLED.includes(ended.type),
    done: holder !== null,
    hand_back: holder !== null,
    rate: ended !== null && ended.decided_by.length > 0,
  };
  return MENUS[state].filter((move) => may.includes(move) && (makesSense[move] ?? true));
}

export const VERDICT_WORDS: Readonly<Record<Exclude<AskingVerdict, 'unknown'>, string>> = {
  necessary: 'It was right to ask',
  unnecessary: 'It should have handled this itself',
  late: 'It should have asked earlier',
  wrong_target: 'It should have asked others',
};
