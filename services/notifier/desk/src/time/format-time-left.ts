export type TimeLeftTone = 'calm' | 'soon' | 'late';

export interface TimeLeft {
  /** For the eye: `4:07`, `1 h 05 min`, `2 d 3 h`. */
  readonly text: string;
  /** For a screen reader, without seconds above a minute. */
  readonly spoken: string;
  readonly tone: TimeLeftTone;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON_SECONDS = 5 * MINUTE;

/** How long until `due`, or how long since. Both instants in milliseconds by the server's clock. */
export function formatTimeLeft(due: number, now: number): TimeLeft {
  const seconds = Math.floor((due - now) / 1000);
  const late = due <= now;
  const span = late ? Math.floor((now - due) / 1000) : seconds;
  return {
    text: late ? `late ${clock(span)}` : clock(span),
    spoken: late ? `late by ${words(span)}` : `${words(span)} left`,
    tone: late ? 'late' : seconds < SOON_SECONDS ? 'soon' : 'calm',
  };
}

/** How long ago, in one unit: `just now`, `12 min ago`, `3 d ago`. */
export function formatAgo(then: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - then) / 1000));
  if (seconds < MINUTE) return 'just now';
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  return `${Math.floor(seconds / DAY)} d ago`;
}

function clock(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}:${pad(seconds % MINUTE)}`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${pad(Math.floor((seconds % HOUR) / MINUTE))} min`;
  return `${Math.floor(seconds / DAY)} d ${Math.floor((seconds % DAY) / HOUR)} h`;
}

function words(seconds: number): string {
  const count = (value: number, unit: string) => `${value} ${unit}${value === 1 ? '' : 's'}`;
  if (seconds < MINUTE) return count(seconds, 'second');
  if (seconds < HOUR) return count(Math.floor(seconds / MINUTE), 'minute');
  const hours = Math.floor(seconds / HOUR);
  if (seconds >= DAY) return `${count(Math.floor(seconds / DAY), 'day')} ${count(hours % 24, 'hour')}`;
  return `${count(hours, 'hour')} ${count(Math.floor((seconds % HOUR) / MINUTE), 'minute')}`;
}
