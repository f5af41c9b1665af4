import type { Milliseconds } from '@handoff/contracts';
import { openAt, type OpenHours } from './open-hours.js';
import type { Layer, Override, Schedule, Shift } from './schedule.js';
import { ALWAYS, around, overlap, type Span } from './span.js';
import { turnAt, type Turned } from './turns.js';

/** Who has a schedule at an instant, and since and until when at least: the same may go on before and after. */
export function pieceAt(schedule: Schedule, overrides: readonly Override[], at: Milliseconds): Turned & Pick<Shift, 'because'> {
  const over = overrideAt(schedule, overrides, at);
  if (over.person !== null) return over;
  let within: Span = over;
  for (const layer of schedule.layers.toReversed()) {
    const turned = layerAt(schedule, layer, at);
    within = overlap(within, turned);
    if (turned.person !== null) return { ...within, person: turned.person, because: layer.id };
  }
  return { ...within, person: null, because: null };
}

/** All of a range without a hole, in order, each as long as the same person has it for the same reason. */
export function shiftsIn(schedule: Schedule, overrides: readonly Override[], from: Date, until: Date): readonly Shift[] {
  const shifts: Shift[] = [];
  let at = from.getTime();
  while (at < until.getTime()) {
    const { person, because, until: over } = pieceAt(schedule, overrides, at);
    const end = Math.min(over, until.getTime());
    const last = shifts.at(-1);
    const goesOn = last?.person === person && last.because === because;
    const shift = { schedule: schedule.id, person, because, from: goesOn ? last.from : new Date(at), until: new Date(end) };
    shifts.splice(goesOn ? -1 : shifts.length, 1, shift);
    at = end;
  }
  return shifts;
}

function overrideAt({ id }: Schedule, overrides: readonly Override[], at: Milliseconds): Turned & Pick<Shift, 'because'> {
  const ours = overrides.filter(({ schedule }) => schedule === id).toSorted((a, b) => a.from.getTime() - b.from.getTime());
  const spans = ours.map(({ from, until }) => ({ from: from.getTime(), until: until.getTime() }));
  const { from, until, isIn } = around(at, spans, ALWAYS);
  const override = isIn ? ours.find((it) => it.from.getTime() === from && it.until.getTime() === until) : undefined;
  return { from, until, person: override?.person ?? null, because: override?.id ?? null };
}

function layerAt(schedule: Schedule, layer: Layer, at: Milliseconds): Turned {
  const turned = turnAt(layer, schedule.timeZone, at);
  const open = openAt(openHoursOf(schedule, layer), at);
  return { ...overlap(turned, open), person: open.isIn ? turned.person : null };
}

const kept = new WeakMap<Layer, OpenHours>();

function openHoursOf({ timeZone, holidays = [] }: Schedule, layer: Layer): OpenHours {
  const known = kept.get(layer);
  if (known) return known;
  const open = { timeZone, hours: layer.hours, holidays: layer.worksHolidays ? [] : holidays };
  kept.set(layer, open);
  return open;
}
