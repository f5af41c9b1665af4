import type { DecisionType } from '@handoff/contracts';

interface DecisionWords {
  readonly label: string;
  readonly confirm: string;
  readonly key: string;
  /** What will happen, said before it does. */
  readonly effect: string;
}

export const DECISION_WORDS: Readonly<Record<DecisionType, DecisionWords>> = {
  approve: {
    label: 'Approve',
    confirm: 'Confirm approval',
    key: 'a',
    effect: 'The agent is told to carry out its recommended action exactly as it is shown, and goes on by itself.',
  },
  edit: {
    label: 'Approve with edits',
    confirm: 'Confirm edited approval',
    key: 'e',
    effect: 'The agent is told to carry out the action with the arguments as you leave them here, and goes on by itself.',
  },
  reject: {
    label: 'Reject',
    confirm: 'Confirm rejection',
    key: 'r',
    effect: 'The agent is told that this is not approved and must not be tried again. Nothing is carried out.',
  },
  respond: {
    label: 'Respond',
    confirm: 'Confirm response',
    key: 'm',
    effect: 'Your message goes back to the agent, which goes on with it. The recommended action is not approved.',
  },
  take_over: {
    label: 'Take over',
    confirm: 'Confirm taking over',
    key: 't',
    effect: 'The agent stops working on this task, and the task is yours from now on.',
  },
};

/** The order of the buttons, whatever the order on the wire. */
export const DECISION_ORDER: readonly DecisionType[] = ['approve', 'edit', 'reject', 'respond', 'take_over'];
