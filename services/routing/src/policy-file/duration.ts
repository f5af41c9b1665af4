import type { Seconds } from '@handoff/contracts';
import { ValidateBy } from 'class-validator';

const UNITS: Readonly<Record<string, Seconds>> = { s: 1, m: 60, h: 3600, d: 86_400 };
export const MOST_SECONDS = 365 * 86_400;

/** Whole seconds, or a text such as `90s`, `15m`, `4h`, `1h30m`; null where it is neither. */
export function parseDuration(value: unknown): Seconds | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= MOST_SECONDS ? value : null;
  if (typeof value !== 'string' || !/^(\d{1,8}[smhd])+$/.test(value)) return null;
  const parts = value.matchAll(/(\d+)([smhd])/g);
  return parseDuration([...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0));
}

/** A duration of at least `least` seconds. */
export function IsDuration(least: Seconds): PropertyDecorator {
  return ValidateBy({
    name: 'isDuration',
    constraints: [least],
    validator: {
      validate: (value: unknown) => (parseDuration(value) ?? -1) >= least,
      defaultMessage: () => `$property must be whole seconds or a text such as "90s", "15m" or "4h", from ${least} s to 365 days`,
    },
  });
}
