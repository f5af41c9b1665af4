const FORMAT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** In the reader's own zone and language; packets may hold anything, so what is no instant is shown as it is. */
export function formatInstant(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : FORMAT.format(at);
}

export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const MOMENT = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;

/** A weekday and the minute, in the reader's zone or in another one that is named. */
export const formatMoment = (at: number, timeZone = localZone()): string => formatIn(timeZone, MOMENT, at);

/** The minute of the day in a zone that is named. */
export const formatClock = (at: number, timeZone: string): string => formatIn(timeZone, { hour: '2-digit', minute: '2-digit' }, at);

export const formatDay = (at: number): string => formatIn(localZone(), { weekday: 'short', day: 'numeric', month: 'short' }, at);

/** The same where its week is said beside. */
export const formatWeekday = (at: number): string => formatIn(localZone(), { weekday: 'short', day: 'numeric' }, at);

function formatIn(timeZone: string, options: Intl.DateTimeFormatOptions, at: number): string {
  try {
    return new Intl.DateTimeFormat(undefined, { ...options, timeZone }).format(at);
  } catch {
    return `${new Date(at).toISOString()}`; // a zone that this browser does not know yet
  }
}
