import { describe, expect, it } from '@jest/globals';
import type { HandoffRouted, PersonId, Role } from '@handoff/contracts';
import { ana, anItem, aPerson, team } from './items.for-spec.js';
import { RIGHTS, rightTo, rightToDecide, type Deed, type Person } from './rights.js';

function factsOf(packet: Readonly<Record<string, unknown>> = {}, routing: Partial<HandoffRouted> = {}) {
  const { accepted, routed } = anItem(packet, routing);
  if (!accepted || !routed) throw new Error('The handoff is not on the desk.');
  return [accepted, routed] as const;
}
const deedsOf = (person: Person, own = false): readonly Deed[] =>
  (Object.keys(RIGHTS) as Deed[]).filter((deed) => rightTo(deed, person, ...factsOf(), own).kind === 'may');

describe('the right to decide', () => {
  it('is that of everybody in a team that was asked, at this level or before', () => {
    expect(rightToDecide(ana, ...factsOf()).kind).toBe('may');
    expect(rightToDecide(ana, ...factsOf({}, { may_decide: [team('managers'), team('support')] })).kind).toBe('may');
  });

  it('is that of whoever it was given to in person, whatever the team', () => {
    expect(rightToDecide(aPerson('zoe', { teams: [] }), ...factsOf({}, { given_to: ['zoe' as PersonId] })).kind).toBe('may');
  });

  it.each([
    ['somebody of another team', aPerson('ana', { teams: ['sales'] })],
    ['an admin of another team', aPerson('ana', { teams: ['sales'], roles: ['admin'] })],
    ['somebody who may only look', aPerson('ana', { roles: ['viewer'] })],
    ['somebody without a role', aPerson('ana', { roles: [] })],
  ])('is not that of %s', (_, person) => {
    expect(rightToDecide(person, ...factsOf()).kind).toBe('may-not');
  });
});

describe('the rights', () => {
  const OF_THE_ASKED: readonly Deed[] = [
    'decide',
    'acknowledge',
    'release',
    'reassign',
    'escalate',
    'defer',
    'request_info',
    'request_changes',
    'answer',
    'comment',
    'rate',
  ];

  it.each<[Role, readonly string[], readonly Deed[]]>([
    ['viewer', ['support'], []],
    ['responder', ['support'], OF_THE_ASKED],
    ['lead', ['support'], [...OF_THE_ASKED, 'set_urgency', 'recall', 'done', 'hand_back']],
    ['responder', ['sales'], ['comment']],
    ['lead', ['sales'], ['release', 'reassign', 'escalate', 'request_info', 'answer', 'comment', 'rate']],
    [
      'admin',
      ['sales'],
      ['release', 'reassign', 'escalate', 'request_info', 'answer', 'set_urgency', 'comment', 'rate', 'recall', 'done', 'hand_back'],
    ],
  ])('of a %s of %s, where support is asked', (role, teams, deeds) => {
    expect(deedsOf(aPerson('zoe', { roles: [role], teams })).toSorted()).toEqual([...deeds].toSorted());
  });

  it('of a responder reach over what was her own answer, or is on her list', () => {
    for (const deed of ['recall', 'done', 'hand_back'] as const) expect(rightTo(deed, ana, ...factsOf(), true).kind).toBe('may');
  });

  it('of whoever wanted the task done end at a comment, whatever the role (four eyes)', () => {
    const admin = aPerson('ana', { roles: ['admin'] });
    const may = (Object.keys(RIGHTS) as Deed[]).filter(
      (deed) => rightTo(deed, admin, ...factsOf({ requested_by: 'ana' }), true).kind === 'may',
    );
    expect(may).toEqual(['comment']);
    expect(rightToDecide(ana, ...factsOf({ requested_by: 'ana' }))).toMatchObject({ because: expect.stringContaining('yourself') });
  });
});
