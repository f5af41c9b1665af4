import type { Milliseconds } from '@handoff/contracts';
import type { Override, Schedule } from './schedule.js';
import { pieceAt } from './shifts.js';
import type { Turned } from './turns.js';

/** How far ahead somebody is looked for. */
const LOOKS_AHEAD: Milliseconds = 90 * 86_400_000;

/** Who has a schedule from an instant on. It is found as far as it is asked for, and once: a batch asks anew for each of its handoffs. */
export class Course {
  private readonly known: Turned[] = [];

  constructor(
    private readonly schedule: Schedule,
    private readonly overrides: readonly Override[],
    private readonly from: Milliseconds,
  ) {}

  /** In order; the first is the one of that instant. */
  *pieces(): Generator<Turned> {
    for (let i = 0, at = this.from; at < this.from + LOOKS_AHEAD; i++) {
      const piece = this.known[i] ?? pieceAt(this.schedule, this.overrides, at);
      this.known[i] = piece;
      at = piece.until;
      yield piece;
    }
  }
}
