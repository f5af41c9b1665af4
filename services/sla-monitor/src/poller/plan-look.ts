import { toMilliseconds, type Milliseconds, type Seconds } from '@handoff/contracts';
import type { Outlook } from '../store/due-clocks.js';

/** What is past due and was not claimed is held by somebody else; it is looked for again after this. */
export const HELD_MILLISECONDS = 20;
/** Clocks that are due within this are fired together: each look costs more than a clock does. */
export const TOGETHER_MILLISECONDS = 5;

/** @param at by this process's own clock, as the outlook's */
export function planLook({ isFull, isHeld, milliseconds, askedAt }: Outlook, at: Milliseconds, idle: Seconds): Milliseconds {
  if (isFull) return 0;
  const longest = isHeld ? HELD_MILLISECONDS : toMilliseconds(idle);
  return milliseconds === null ? longest : Math.min(longest, Math.max(TOGETHER_MILLISECONDS, milliseconds - (at - askedAt)));
}

/** Whether the word of what was armed, the earliest due instants in milliseconds, is of something before the next look. */
export function isEarlier(payload: string, planned: number): boolean {
  const told = payload === '' ? Number.NaN : Math.min(...payload.split(' ').map(Number));
  return Number.isNaN(told) || told < planned; // an empty word means: something may have been missed
}
