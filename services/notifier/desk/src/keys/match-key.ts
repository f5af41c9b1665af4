import type { DecisionType } from '@handoff/contracts';

export type KeyCommand = 'next' | 'previous' | 'back' | 'confirm' | 'help' | 'search' | 'take_back' | DecisionType;

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** The person is writing: letters are text. */
  readonly inField: boolean;
  /** A row of the queue has the focus: arrows move it. */
  readonly inQueue: boolean;
  /** Whether keys that are a single letter are on; speech input and tremor make them a risk. */
  readonly letters: boolean;
}

const LETTERS: Readonly<Record<string, KeyCommand>> = {
  j: 'next',
  k: 'previous',
  a: 'approve',
  e: 'edit',
  r: 'reject',
  m: 'respond',
  t: 'take_over',
  z: 'take_back',
  '?': 'help',
  '/': 'search',
};
const ARROWS: Readonly<Record<string, KeyCommand>> = { ArrowDown: 'next', ArrowUp: 'previous' };

/** What a key press asks for; null where it is the browser's, or text. */
export function matchKey(press: KeyPress): KeyCommand | null {
  const { key, ctrlKey, metaKey, altKey } = press;
  if (key === 'Enter' && (ctrlKey || metaKey) && !altKey) return 'confirm';
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'Escape') return 'back';
  if (press.inField) return null;
  if (press.inQueue && ARROWS[key]) return ARROWS[key];
  return press.letters ? (LETTERS[key] ?? null) : null;
}
