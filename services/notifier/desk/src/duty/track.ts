import type { Schedule, Shift } from '../api/use-duty.js';
import type { Week } from '../time/week.js';

/** From one instant to another, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A piece of a schedule's week: somebody's, or nobody's. */
export interface Bar extends Span {
  readonly shift: Shift | null;
}

export const STEP_MS = 30 * 60_000;

export const spanOf = ({ from, until }: { readonly from: string; readonly until: string }): Span => ({
  from: Date.parse(from),
  until: Date.parse(until),
});

/** What of it is in the week; null where nothing is. */
export function within({ from, until }: Span, week: Span): Span | null {
  const clipped = { from: Math.max(from, week.from), until: Math.min(until, week.until) };
  return clipped.from < clipped.until ? clipped : null;
}

/** Shifts and gaps in their order, as far as they are in the week. */
export function barsOf({ shifts, gaps }: Schedule, week: Week): readonly Bar[] {
  const all = [...shifts.map((shift) => ({ shift, ...spanOf(shift) })), ...gaps.map((gap) => ({ shift: null, ...spanOf(gap) }))];
  return all.flatMap(({ shift, ...span }) => (within(span, week) ? [{ shift, ...span }] : [])).toSorted((a, b) => a.from - b.from);
}

/** Where something is on the track, in percent of its width. */
export function placeOf(span: Span, week: Week): { readonly left: string; readonly width: string } {
  const { from, until } = within(span, week) ?? { from: week.from, until: week.from };
  const percent = (length: number) => `${(length / (week.until - week.from)) * 100}%`;
  return { left: percent(from - week.from), width: percent(until - from) };
}

/** The instant at a share of the track, at the nearest half hour of its day. */
export function instantAt(share: number, week: Week): number {
  const at = week.from + Math.min(1, Math.max(0, share)) * (week.until - week.from);
  const midnight = week.days.findLast((day) => day <= at) ?? week.from;
  return Math.min(week.until, midnight + Math.round((at - midnight) / STEP_MS) * STEP_MS);
}
