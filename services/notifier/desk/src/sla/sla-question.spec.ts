import { describe, expect, it } from '@jest/globals';
import { queryOf, questionOf, reportQuery, USUAL } from './sla-question.js';

const NOW = new Date(2026, 2, 10, 15, 30);
const midnight = (month: number, day: number) => new Date(2026, month - 1, day).toISOString();

describe('what the page asks of the SLA', () => {
  it('is kept in its address, and is the usual one where that says nothing or nonsense', () => {
    const asked = { by: 'team', and: 'week', days: '', from: '2026-03-01', until: '2026-03-07' } as const;
    expect(questionOf(queryOf(asked))).toEqual(asked);
    expect(questionOf(new URLSearchParams('by=evil&days=0'))).toEqual(USUAL);
    expect(questionOf(new URLSearchParams('by=team&and=team')).and).toBe('');
  });

  it('is asked for whole days, today among them', () => {
    const query = reportQuery({ ...USUAL, by: 'team', and: 'week', days: '7' }, NOW);
    expect(Object.fromEntries(query)).toEqual({ by: 'team,week', from: midnight(3, 4), until: midnight(3, 11) });
  });

  it('is asked for the days that were named, the last one to its end, or without an end that was not', () => {
    const query = reportQuery({ ...USUAL, days: '', from: '2026-02-27', until: '2026-02-28' }, NOW);
    expect(Object.fromEntries(query)).toEqual({ by: 'urgency', from: midnight(2, 27), until: midnight(3, 1) });
    expect(Object.fromEntries(reportQuery({ ...USUAL, days: '', from: '2026-02-27' }, NOW))).toEqual({
      by: 'urgency',
      from: midnight(2, 27),
    });
  });
});
