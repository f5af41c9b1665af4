import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '@handoff/contracts';
import type { Schedule, Shift } from '../api/use-duty.js';
import { weekOf } from '../time/week.js';
import { barAt, drawn, isPress } from './drag.js';
import { barsOf, instantAt, placeOf, spanOf, STEP_MS, within } from './track.js';

const at = (day: number, hour = 0, minute = 0) => new Date(2026, 5, day, hour, minute).getTime();
const iso = (day: number, hour = 0) => new Date(at(day, hour)).toISOString();
const week = weekOf(at(3)); // of June, Monday the first; no zone changes its clocks then
const shift = (from: string, until: string, over: Partial<Shift> = {}): Shift => ({
  person: 'ana' as PersonId,
  name: 'Ana',
  from,
  until,
  layer: 'rota',
  ...over,
});
const schedule: Schedule = {
  ...{ id: 's', name: 'S', time_zone: 'UTC', teams: [] },
  shifts: [shift(iso(3), iso(12)), shift(iso(1, 12), iso(2), { override_id: 'o1' }), shift(iso(-4), iso(1, 12)), shift(iso(20), iso(21))],
  gaps: [{ from: iso(2), until: iso(3) }],
};

describe('the track of a week', () => {
  it('has shifts and gaps in their order, and what is not in the week not at all', () => {
    const bars = barsOf(schedule, week);
    expect(bars.map(({ from, shift: it }) => [from, it?.override_id ?? it?.layer ?? null])).toEqual([
      [at(-4), 'rota'],
      [at(1, 12), 'o1'],
      [at(2), null],
      [at(3), 'rota'],
    ]);
    expect(barAt(bars, at(2, 1))?.shift).toBeNull();
    expect(barAt(bars, at(30))).toBeUndefined();
  });

  it('shows of a long shift what is in the week, and keeps its own ends', () => {
    expect(placeOf(spanOf(shift(iso(-4), iso(1, 12))), week)).toEqual({ left: '0%', width: `${(0.5 / 7) * 100}%` });
    expect(placeOf(spanOf(shift(iso(20), iso(21))), week).width).toBe('0%');
    expect(within(spanOf(shift(iso(20), iso(21))), week)).toBeNull();
  });

  it('is read at the nearest half hour, and never beyond its ends', () => {
    const share = (instant: number) => (instant - week.from) / (week.until - week.from);
    expect(instantAt(share(at(2, 9, 14)), week)).toBe(at(2, 9));
    expect(instantAt(share(at(2, 9, 16)), week)).toBe(at(2, 9, 30));
    expect([instantAt(-1, week), instantAt(2, week)]).toEqual([week.from, week.until]);
  });
});

describe('what is drawn on it', () => {
  it('is a span in either direction', () => {
    const drag = { kind: 'new', anchor: at(2, 9) } as const;
    expect(drawn(drag, at(2, 17))).toEqual({ from: at(2, 9), until: at(2, 17) });
    expect(drawn(drag, at(1, 9))).toEqual({ from: at(1, 9), until: at(2, 9) });
    expect([isPress(drag, drawn(drag, at(2, 9))), isPress(drag, drawn(drag, at(2, 9, 30)))]).toEqual([true, false]);
  });

  it('is an override’s other end, which never passes the one that stays', () => {
    const override = shift(iso(2, 9), iso(2, 17), { override_id: 'o1' });
    const end = (moved: 'from' | 'until') => ({ kind: 'end', override, moved, span: spanOf(override) }) as const;
    expect(drawn(end('until'), at(3))).toEqual({ from: at(2, 9), until: at(3) });
    expect(drawn(end('until'), at(1))).toEqual({ from: at(2, 9), until: at(2, 9) + STEP_MS });
    expect(drawn(end('from'), at(4))).toEqual({ from: at(2, 17) - STEP_MS, until: at(2, 17) });
  });
});
