import { describe, expect, it } from '@jest/globals';
import type { PersonId, TeamId } from '@handoff/contracts';
import type { DeskSummary } from '../api/desk-types.js';
import { countTabs, countTeams, EVERYTHING_OF_MINE, filterQueue, type QueueFilter } from './filter-queue.js';

const item = (changes: object): DeskSummary =>
  ({
    title: '',
    agent_id: '',
    task_id: '',
    handoff_id: '',
    action_name: '',
    reason_code: 'other',
    team: 'leads',
    urgency: 'low',
    asked: [],
    level: null,
    may_decide: false,
    acknowledged_by: null,
    deferred_until: null,
    ...changes,
  }) as unknown as DeskSummary; // only the fields that are searched

const ana = { subject: 'ana' as PersonId, teams: ['support' as TeamId] };
const refund = item({ title: 'Refund order 1001', agent_id: 'shop-bot', asked: ['ana'], team: 'support', may_decide: true });
const heldByBen = item({ title: 'Refund order 1002', team: 'support', may_decide: true, acknowledged_by: 'ben', urgency: 'high' });
const ownRequest = item({ title: 'Refund for myself', team: 'support' });
const flight = item({ title: 'Change a flight', action_name: 'update_reservation', reason_code: 'authority_limit' });
const queue = [refund, heldByBen, ownRequest, flight];

const found = (changes: Partial<QueueFilter>) => filterQueue(queue, { ...EVERYTHING_OF_MINE, tab: 'all', ...changes }, ana);

describe('the queue', () => {
  it('shows as mine what I may answer and nobody else is on, and as my teams’ all that was asked of them', () => {
    expect(found({ tab: 'mine' })).toEqual([refund]);
    expect(found({ tab: 'team' })).toEqual([refund, heldByBen, ownRequest]);
    expect(found({})).toEqual(queue);
    expect(filterQueue([item({ ...heldByBen, acknowledged_by: 'ana' })], EVERYTHING_OF_MINE, ana)).toHaveLength(1);
  });

  it('has what is put off among all alone', () => {
    const putOff = item({ ...refund, deferred_until: '2026-03-01T10:00:00Z' });
    for (const [tab, shown] of [
      ['mine', []],
      ['team', []],
      ['all', [putOff]],
    ] as const)
      expect(filterQueue([putOff], { ...EVERYTHING_OF_MINE, tab }, ana)).toEqual(shown);
  });

  it('counts what waits, for me and for each team', () => {
    expect(countTabs(queue, ana)).toEqual({ mine: 1, team: 3, all: 4 });
    expect(countTeams(queue)).toEqual([
      ['leads', 1],
      ['support', 3],
    ]);
  });

  it('is narrowed by team and urgency together', () => {
    expect(found({ team: 'support', urgency: 'high' })).toEqual([heldByBen]);
    expect(found({ team: 'leads', urgency: 'high' })).toEqual([]);
  });

  it('finds every word, wherever it is said and in any case', () => {
    expect(found({ search: 'ANA refund' })).toEqual([refund]);
    expect(found({ search: 'reservation' })).toEqual([flight]);
    expect(found({ search: 'refund flight' })).toEqual([]);
    expect(found({ search: '  ' })).toEqual(queue);
  });

  it('finds a reason by the words that the page shows for it', () => {
    expect(found({ search: 'above its authority' })).toEqual([flight]);
  });
});
