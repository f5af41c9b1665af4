import type { Clock, ClockEvent } from '@handoff/contracts';
import type { Change, WatchedHandoff } from './watch.js';

/** Something that a clock has said, as it is kept for the timeline. */
export interface KeptSaid {
  readonly event: ClockEvent;
  readonly clock: Clock;
  readonly level: number;
  readonly cycle: number;
  readonly share: number | null;
  readonly due_at: string;
  readonly at: string;
}

/** More are not kept: a level that is asked again and again breaches each time. */
const MOST = 60;

/** The result is in columns of its own; nothing is kept of a handoff whose clocks say nothing else, and that is most of them. */
export function keepSaid({ watch, said }: Change, now: Date): WatchedHandoff {
  const { handoff } = watch;
  const kept = said
    .filter(({ event }) => event !== 'result')
    .map(({ event, clock, level, cycle, share, due_at }): KeptSaid => ({
      ...{ event, clock, level, cycle, share },
      due_at: due_at.toISOString(),
      at: now.toISOString(),
    }));
  return kept.length === 0 ? handoff : { ...handoff, said: [...(handoff.said ?? []), ...kept].slice(-MOST) };
}
