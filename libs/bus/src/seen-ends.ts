import type { Milliseconds } from '@handoff/contracts';

/** More are thinned out: the oldest, which tells the age, stays. */
const MOST = 500;

/** When the end of a partition was seen to be where, by our own clock: what agents date their records with is theirs. */
export class SeenEnds {
  private seen: readonly { readonly at: Milliseconds; readonly end: bigint }[] = [];

  /**
   * @param next the offset that is to be taken next
   * @returns since when its record is known to have been there; null where there is none
   */
  since(next: bigint, end: bigint, at: Milliseconds): Milliseconds | null {
    const last = this.seen.at(-1)?.end ?? -1n;
    const before = end < last ? [] : this.seen; // the topic was made anew
    const waiting = [...before, ...(end === last ? [] : [{ at, end }])].filter((it) => it.end > next);
    this.seen = waiting.length > MOST ? waiting.filter((_, place) => place % 2 === 0) : waiting;
    return this.seen[0]?.at ?? null;
  }
}
