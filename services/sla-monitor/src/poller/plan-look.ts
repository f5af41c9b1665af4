import { toMilliseconds, type Milliseconds, type Seconds } from '@handoff/contracts';

/** What is past due and was not claimed is held by somebody else; it is looked for again after this. */
export const BUSY_MILLISECONDS = 20;

/** @param untilDue by the database's clock; null where no clock is armed */
export function planLook(untilDue: Milliseconds | null, idle: Seconds): Milliseconds {
  const longest = toMilliseconds(idle);
  return untilDue === null ? longest : Math.min(longest, Math.max(BUSY_MILLISECONDS, untilDue));
}

/** Whether the word of what was armed, the earliest due instants in milliseconds, is of something before the next look. */
export function isEarlier(payload: string, planned: number): boolean {
  const told = payload === '' ? Number.NaN : Math.min(...payload.split(' ').map(Number));
  return Number.isNaN(told) || told < planned; // an empty word means: something may have been missed
}
