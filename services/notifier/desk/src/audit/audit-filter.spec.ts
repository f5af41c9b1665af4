import { describe, expect, it } from '@jest/globals';
import { filterOf, queryOf } from './audit-filter.js';

const NOTHING = { handoff_id: '', subject: '', since: '', before: '' };

describe('the filter of the audit log', () => {
  it('is asked with what was said alone', () => {
    expect(String(queryOf(NOTHING))).toBe('');
    expect(String(queryOf({ ...NOTHING, subject: ' ana ' }))).toBe('subject=ana');
  });

  it('comes back from the address as it was typed, in the reader’s zone', () => {
    const typed = { handoff_id: 'h1', subject: 'ana', since: '2026-03-01T08:00', before: '2026-03-01T18:30' };
    const query = queryOf(typed);
    expect(query.get('since')).toBe(new Date(2026, 2, 1, 8).toISOString());
    expect(filterOf(query)).toEqual(typed);
  });

  it('leaves out of its fields what no date field can hold', () => {
    expect(filterOf(new URLSearchParams({ since: 'yesterday' }))).toEqual(NOTHING);
  });
});
