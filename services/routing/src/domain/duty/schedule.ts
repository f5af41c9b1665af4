import type { PersonId } from '@handoff/contracts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Local times of the days that they begin on; where `until` is not after `from`, they end on the next day. */
export interface Hours {
  readonly days: readonly Weekday[];
  /** `09:00` */
  readonly from: string;
  /** `17:30`, or `24:00`. */
  readonly until: string;
}

/** When people work: their hours, without their holidays. */
export interface Calendar {
  readonly id: string;
  readonly timeZone: string;
  /** Left out: all of every day. */
  readonly hours?: readonly Hours[];
  /** Local dates: `2026-12-25`. */
  readonly holidays: readonly string[];
}

/** How long one of a layer's people has it. Days are local ones, so that a hand-over stays at its time of day; hours are exact. */
export interface Turn {
  readonly unit: 'hours' | 'days';
  readonly count: number;
}

/** People who take turns. */
export interface Layer {
  readonly id: string;
  readonly people: readonly PersonId[];
  /** The first one's turn begins at this local time: `2026-01-05T09:00`. Before it there is nobody. */
  readonly starts: string;
  readonly turn: Turn;
  /** Left out: all of every day. */
  readonly hours?: readonly Hours[];
  /** It has somebody on the schedule's holidays as well. */
  readonly worksHolidays?: boolean;
}

/** At any instant one person, or a gap. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** A later one stands over those before it wherever it has somebody. */
  readonly layers: readonly Layer[];
  /** Local dates of its calendar. */
  readonly holidays?: readonly string[];
}

/** Somebody else for a while; stands over all layers. */
export interface Override {
  readonly id: string;
  readonly schedule: string;
  readonly person: PersonId;
  readonly from: Date;
  readonly until: Date;
}

/** A stretch of a schedule with one person, or with nobody. */
export interface Shift {
  readonly schedule: string;
  /** Null: a gap. */
  readonly person: PersonId | null;
  readonly from: Date;
  /** The first instant that it is over. */
  readonly until: Date;
  /** The id of the layer or override that says so; null where nothing does. */
  readonly because: string | null;
}
