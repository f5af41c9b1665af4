import { describe, expect, it } from '@jest/globals';
import { deferOptions } from './defer-options.js';

describe('deferOptions', () => {
  it('end before the deadline', () => {
    const now = Date.parse('2026-03-01T10:00:00Z');
    expect(deferOptions(now, '2026-03-01T10:20:00Z')).toEqual([
      { value: '2026-03-01T10:05:00.000Z', label: 'For 5 minutes' },
      { value: '2026-03-01T10:15:00.000Z', label: 'For 15 minutes' },
    ]);
    expect(deferOptions(now, '2026-03-01T10:01:00Z')).toEqual([]);
    expect(deferOptions(now, null)).toEqual([]);
  });
});
