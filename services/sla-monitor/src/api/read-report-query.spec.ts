import { describe, expect, it } from '@jest/globals';
import { readReportQuery } from './read-report-query.js';

const NOW = new Date('2026-03-31T12:00:00Z');
const read = (query: Readonly<Record<string, string>>) => readReportQuery(query, NOW);

describe('a report that is asked for', () => {
  it('is of the last thirty days, in one row, where nothing is said', () => {
    expect(read({})).toEqual({ from: new Date('2026-03-01T12:00:00Z'), until: NOW, by: [] });
  });

  it('has its rows by what is named first, and then by the second', () => {
    expect(read({ by: 'week,team' }).by).toEqual(['week', 'team']);
    expect(read({ by: 'team,week' }).by).toEqual(['team', 'week']);
  });

  it.each(['person', 'team,', 'team,team', 'team,week,level', 'team;week'])('is refused by %s', (by) => {
    expect(() => read({ by })).toThrow(/up to 2 of urgency, team, level, agent, week/);
  });

  it('spans four hundred days and no more', () => {
    expect(read({ from: '2025-01-01', until: '2026-02-05' }).from).toEqual(new Date('2025-01-01T00:00:00Z'));
    expect(() => read({ from: '2025-01-01', until: '2026-02-05T00:00:01Z' })).toThrow(/at most 400 days/);
  });

  it('begins before it ends', () => {
    expect(() => read({ from: '2026-03-01', until: '2026-03-01' })).toThrow(/before until/);
    expect(() => read({ from: '2026-04-01' })).toThrow(/before until/);
  });
});
