import type { Urgency } from '@handoff/contracts';

/** A stretch in which a case of an incident log waits until somebody of a support line acts on it. */
export interface Ask {
  /** From 1. */
  readonly line: number;
  readonly askedAt: Date;
  /** When somebody took it up, passed it on or solved it. Null: the log ends before. */
  readonly actedAt: Date | null;
}

export interface LoggedCase {
  readonly log: string;
  readonly id: string;
  readonly urgency: Urgency;
  readonly asks: readonly Ask[];
  /** When the log itself shows that it went wrong: it was pushed up, or solved with its own SLA missed. Null: it does not. */
  readonly wrongAt: Date | null;
}

/** What one event of a log says about whose turn it is. */
export interface Step {
  readonly at: Date;
  readonly line: number;
  /** It lies before somebody new, or is put back into the queue. */
  readonly begins: boolean;
  /** Whoever has it is doing something about it. */
  readonly acts: boolean;
}

/** A step that both begins and acts was taken up as it came: nobody had to wait. */
export function asksIn(steps: readonly Step[]): readonly Ask[] {
  const asks: Ask[] = [];
  let waiting: Step | null = null;
  for (const step of steps) {
    if (waiting && (step.acts || step.begins)) asks.push(askOf(waiting, step.at));
    if (step.acts || step.begins) waiting = null;
    if (step.begins && step.acts) asks.push(askOf(step, step.at));
    else if (step.begins) waiting = step;
  }
  return waiting ? [...asks, askOf(waiting, null)] : asks;
}

/** Where the log's own clock goes back between two events, no time has passed. */
const askOf = ({ line, at }: Step, actedAt: Date | null): Ask => ({ line, askedAt: at, actedAt: actedAt && actedAt < at ? at : actedAt });
