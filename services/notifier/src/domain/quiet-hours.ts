import type { Seconds } from '@handoff/contracts';

/** From one time of day to another, in a zone of the tz database; across midnight where it ends before it begins. */
export interface QuietHours {
  /** `22:00` */
  readonly from: string;
  readonly until: string;
  readonly zone: string;
}

const DAY_MINUTES = 24 * 60;

/** Seconds until quiet hours are over; 0 outside of them. Where the clock is set within them, it is off by as much. */
export function quietFor({ from, until, zone }: QuietHours, now: Date): Seconds {
  const at = minuteOf(now, zone);
  const [begin, end] = [minutesOf(from), minutesOf(until)];
  const isQuiet = begin <= end ? at >= begin && at < end : at >= begin || at < end;
  if (!isQuiet) return 0;
  return ((end - at + DAY_MINUTES) % DAY_MINUTES) * 60 - now.getUTCSeconds();
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function minuteOf(now: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
  return minutesOf(parts);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
