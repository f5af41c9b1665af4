import type { Calendar, Hours, Layer, Schedule, Turn } from '../domain/duty/schedule.js';
import type { CalendarEntry, HoursEntry, LayerEntry, ScheduleEntry } from './schedule-entries.js';

export function toCalendar({ id, time_zone: timeZone, hours, holidays = [] }: CalendarEntry): Calendar {
  return { id, timeZone, ...(hours ? { hours: hours.map(toHours) } : {}), holidays: holidays.map(({ date }) => date) };
}

export function toSchedule(
  { id, name, time_zone: timeZone, layers, calendar }: ScheduleEntry,
  calendars: readonly CalendarEntry[],
): Schedule {
  const holidays = calendars.find((it) => it.id === calendar)?.holidays;
  return { id, name, timeZone, layers: layers.map(toLayer), ...(holidays ? { holidays: holidays.map(({ date }) => date) } : {}) };
}

function toLayer({ id, people, starts, turn, hours, works_holidays: worksHolidays }: LayerEntry): Layer {
  return {
    ...{ id, people, starts, turn: toTurn(turn) },
    ...(hours ? { hours: hours.map(toHours) } : {}),
    ...(worksHolidays ? { worksHolidays } : {}),
  };
}

const toHours = ({ days, from, until }: HoursEntry): Hours => ({ days, from, until });

/** A week is seven local days. */
function toTurn(text: string): Turn {
  const count = Number(text.slice(0, -1));
  if (text.endsWith('h')) return { unit: 'hours', count };
  return { unit: 'days', count: text.endsWith('w') ? count * 7 : count };
}
