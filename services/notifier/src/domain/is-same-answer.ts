import { isDeepStrictEqual } from 'node:util';
import type { HandoffDecision } from '@handoff/contracts';
import type { Answer } from './answer.js';

/** Whether an answer says what was decided already; words and arguments count, the order of the arguments does not. */
export function isSameAnswer({ type, message, action }: HandoffDecision, answer: Answer): boolean {
  if (type !== answer.type || message !== (answer.message?.trim() || null)) return false;
  return type !== 'edit' || isDeepStrictEqual(action?.args, answer.args);
}
