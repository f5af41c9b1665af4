import { describe, expect, it } from '@jest/globals';
import { instantIn, isUuid, numberIn, textIn, wordIn } from './read-query.js';

describe('a query', () => {
  it('has whole numbers within their bounds', () => {
    const bounds = { or: 5, min: 1, max: 60 };
    expect([numberIn({}, 'wait', bounds), numberIn({ wait: '' }, 'wait', bounds), numberIn({ wait: '60' }, 'wait', bounds)]).toEqual([
      5, 5, 60,
    ]);
    for (const wait of ['61', '0', '-1', '1.5', 'x', '1e1', ['1', '2']])
      expect(() => numberIn({ wait }, 'wait', bounds)).toThrow(/from 1 to 60/);
  });

  it('has words from a list, and texts', () => {
    expect([wordIn({ status: 'open' }, 'status', ['open']), wordIn({}, 'status', ['open'])]).toEqual(['open', null]);
    expect(() => wordIn({ status: 'closed' }, 'status', ['open', 'ended'])).toThrow(/one of open, ended/);
    expect([textIn({ a: 'b' }, 'a'), textIn({ a: '' }, 'a'), textIn({ a: ['b', 'c'] }, 'a')]).toEqual(['b', null, null]);
  });

  it('has instants, and days that begin at midnight in UTC', () => {
    expect(instantIn({}, 'from')).toBeNull();
    expect(instantIn({ from: '2024-02-29' }, 'from')).toEqual(new Date('2024-02-29T00:00:00Z'));
    expect(instantIn({ from: '2026-03-01T12:00:00+02:00' }, 'from')).toEqual(new Date('2026-03-01T10:00:00Z'));
    for (const from of ['2026-02-29', '2026-03-01T12:00', '0000-01-01', 'yesterday', '1772366400000'])
      expect(() => instantIn({ from }, 'from')).toThrow(/from must be an instant/);
  });

  it('tells a UUID from what Postgres would not take for one', () => {
    expect(isUuid('01A204e1-b682-712c-aac8-e0da4bd4caf8')).toBe(true);
    for (const text of ['', '01a204e1', "01a204e1-b682-712c-aac8-e0da4bd4caf8'", '{01a204e1-b682-712c-aac8-e0da4bd4caf8}'])
      expect(isUuid(text)).toBe(false);
  });
});
