import { describe, expect, it } from '@jest/globals';
import { isZone, quietFor } from './quiet-hours.js';

const night = { from: '22:00', until: '07:00', zone: 'Europe/Berlin' };

describe('quiet hours', () => {
  it.each([
    ['2026-01-15T20:59:59Z', 0],
    ['2026-01-15T21:00:00Z', 9 * 3600],
    ['2026-01-15T23:30:30Z', 6.5 * 3600 - 30],
    ['2026-01-16T05:59:59Z', 1],
    ['2026-01-16T06:00:00Z', 0],
    ['2026-07-15T20:00:00Z', 9 * 3600],
  ])('at %s last for %d seconds more', (now, seconds) => {
    expect(quietFor(night, new Date(now))).toBe(seconds);
  });

  it('may lie within one day, and be none at all', () => {
    const noon = { from: '12:00', until: '13:00', zone: 'UTC' };
    expect(quietFor(noon, new Date('2026-01-15T12:30:00Z'))).toBe(1800);
    expect(quietFor(noon, new Date('2026-01-15T13:00:00Z'))).toBe(0);
    expect(quietFor({ ...noon, until: '12:00' }, new Date('2026-01-15T12:00:00Z'))).toBe(0);
  });

  it('need a zone that exists', () => {
    expect([isZone('Europe/Berlin'), isZone('UTC'), isZone('Mars/Olympus')]).toEqual([true, true, false]);
  });
});
