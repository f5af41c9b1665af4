import { isDeepStrictEqual } from 'node:util';
import type { HandoffDecision } from '@handoff/contracts';
import type { Answer } from './answer.js';

/** Whether an answer says what was decided already; arguments count, whatever their order, and words where they are one person's alone. */
export function isSameAnswer({ type, message, action, decided_by }: HandoffDecision, answer: Answer): boolean {
  if (type !== answer.type) return false;
  if (decided_by.length === 1 && message !== (answer.message?.trim() || null)) return false;
  return type !== 'edit' || isDeepStrictEqual(action?.args, answer.args);
}
