import type { Seconds } from '@handoff/contracts';

/** An object for which its agent has no room. */
export interface Overfull {
  /** All that the agent may have stored. */
  readonly room: number;
  readonly used: number;
  /** When the first of what it has goes; null where it has nothing. */
  readonly freesIn: Seconds | null;
  /** What it counts as. */
  readonly most: number;
}

/**
 * What the agent is told: the bound, what it has, and when that becomes less.
 * @param declared the object's size as its sender says; null where it does not
 */
export function tooManyBytes({ room, used, freesIn, most }: Overfull, declared: number | null) {
  const retryAfter: Seconds = Math.max(1, Math.ceil(freesIn ?? 0));
  const asked = declared !== null ? `this one has ${most}` : `this one counts as ${most}, as its size was not said (Content-Length)`;
  return {
    retryAfter,
    detail: `An agent has at most ${room} bytes stored. This one has ${used}, and ${asked}. Objects go by themselves, the first of these in ${retryAfter} seconds.`,
  };
}
