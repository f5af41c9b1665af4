import { describe, expect, it } from '@jest/globals';
import type { PersonId, TeamId } from '@handoff/contracts';
import type { Me } from '../api/desk-types.js';
import type { Schedule, Shift } from '../api/use-duty.js';
import { choicesOf, draftAnew, draftOver, faultOf } from './override-draft.js';

const schedule: Schedule = { id: 's', name: 'S', time_zone: 'UTC', teams: ['support' as TeamId], shifts: [], gaps: [] };
const shift: Shift = {
  person: 'ana' as PersonId,
  name: 'Ana',
  from: '2026-06-01T09:00:00.000Z',
  until: '2026-06-02T09:00:00.000Z',
  override_id: 'o1',
};
const span = { from: Date.parse(shift.from), until: Date.parse(shift.until) };
const me = (over: Partial<Me>) => ({ subject: 'ben', may_lead: false, ...over }) as Me;
const people = ['ana', 'ben', 'chloe', 'dora'].map((id) => ({
  id: id as PersonId,
  name: id,
  teams: [id === 'dora' ? 'cashiers' : 'support'] as TeamId[],
}));

describe('a draft of an override', () => {
  it('begins now, at the half hour, where what was pressed is under way, and as it was drawn where it is not', () => {
    const begun = (now: string) => draftOver(schedule, span, shift, Date.parse(now)).from;
    expect(begun('2026-06-01T14:44:00Z')).toBe('2026-06-01T14:30:00.000Z');
    for (const now of ['2026-05-31T14:44:00Z', '2026-06-05T00:00:00Z']) expect(begun(now)).toBe(shift.from);
  });

  it('anew is the same person’s, in the place of the one before', () => {
    expect(draftAnew(schedule, shift, { ...span, until: span.until + 3_600_000 })).toMatchObject({
      person: 'ana',
      from: shift.from,
      until: '2026-06-02T10:00:00.000Z',
      instead: 'o1',
    });
  });

  it('is for anybody by a lead, for others where it is mine, and for me where it is not', () => {
    const draft = draftOver(schedule, span, shift, span.from);
    const chosen = (who: Me) => choicesOf(people, draft, who).map(({ id }) => id);
    expect(chosen(me({ may_lead: true }))).toEqual(['ana', 'ben', 'chloe']); // Dora is in none of its teams
    expect(chosen(me({}))).toEqual(['ben']);
    expect(chosen(me({ subject: 'ana' as PersonId }))).toEqual(['ben', 'chloe']);
  });

  it('says what is missing before it is sent', () => {
    const draft = { ...draftOver(schedule, span, shift, 0), person: 'ben' };
    expect(faultOf(draft)).toBeNull();
    expect(faultOf({ ...draft, person: '' })).toMatch(/who/);
    expect(faultOf({ ...draft, until: '' })).toMatch(/until when/);
    expect(faultOf({ ...draft, until: draft.from })).toMatch(/after it begins/);
  });
});
