import { fault, type Fault } from '@handoff/contracts';

export function checkZone(at: string, zone: string): readonly Fault[] {
  return isZone(zone)
    ? []
    : [fault(at, 'not_allowed_value', `${at} is "${zone}", which is no time zone; write one such as Europe/Berlin.`)];
}

/** By name alone: an offset would not change its clocks where its people do. */
export function isZone(zone: string): boolean {
  try {
    return !/^[+-]/.test(zone) && Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
