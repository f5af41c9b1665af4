import { toMilliseconds, type Seconds } from '@handoff/contracts';
import { dayAt, dayFrom } from './local-day.js';
import { openAt, openOn } from './open-hours.js';
import type { Calendar } from './schedule.js';

export const isWorking = (calendar: Calendar, at: Date): boolean => openAt(calendar, at.getTime()).isIn;

/** When so much working time has passed. Null: all time is working time. */
export function afterWorking(calendar: Calendar | null, from: Date, seconds: Seconds): Date {
  if (calendar === null || seconds <= 0) return new Date(from.getTime() + toMilliseconds(seconds));
  let left = toMilliseconds(seconds);
  for (let day = dayAt(calendar.timeZone, from.getTime()); ; day = dayFrom(day, 1))
    for (const open of openOn(calendar, day)) {
      const begin = Math.max(open.from, from.getTime());
      if (open.until - begin >= left) return new Date(begin + left);
      left -= Math.max(0, open.until - begin);
    }
}

/** How much working time lies between; nothing where `until` is not after `from`. */
export function workedSeconds(calendar: Calendar | null, from: Date, until: Date): Seconds {
  if (calendar === null) return Math.max(0, until.getTime() - from.getTime()) / 1000;
  let worked = 0;
  for (let day = dayAt(calendar.timeZone, from.getTime()); day.from < until.getTime(); day = dayFrom(day, 1))
    for (const open of openOn(calendar, day))
      worked += Math.max(0, Math.min(open.until, until.getTime()) - Math.max(open.from, from.getTime()));
  return worked / 1000;
}
