import { describe, expect, it } from '@jest/globals';
import type { DeskSummary } from '../api/desk-types.js';
import { filterQueue } from './filter-queue.js';

const item = (changes: object): DeskSummary =>
  ({
    title: '',
    agent_id: '',
    task_id: '',
    handoff_id: '',
    action_name: '',
    reason_code: 'other',
    team: '',
    urgency: 'low',
    asked: [],
    level: null,
    may_decide: true,
    ...changes,
  }) as unknown as DeskSummary; // only the fields that are searched

const refund = item({ title: 'Refund order 1001', agent_id: 'shop-bot', asked: ['ana'] });
const flight = item({ title: 'Change a flight', action_name: 'update_reservation', reason_code: 'authority_limit', may_decide: false });

describe('filterQueue', () => {
  it('shows as mine what I may decide', () => {
    expect(filterQueue([refund, flight], 'mine', '')).toEqual([refund]);
    expect(filterQueue([refund, flight], 'all', '  ')).toEqual([refund, flight]);
  });

  it('finds every word, wherever it is said and in any case', () => {
    expect(filterQueue([refund, flight], 'all', 'ANA refund')).toEqual([refund]);
    expect(filterQueue([refund, flight], 'all', 'reservation')).toEqual([flight]);
    expect(filterQueue([refund, flight], 'all', 'refund flight')).toEqual([]);
  });

  it('finds a reason by the words that the page shows for it', () => {
    expect(filterQueue([refund, flight], 'all', 'above its authority')).toEqual([flight]);
  });
});
