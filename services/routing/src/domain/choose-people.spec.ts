import { describe, expect, it } from '@jest/globals';
import type { PersonId, TenantId } from '@handoff/contracts';
import fc from 'fast-check';
import { accept } from './accept.js';
import { aBoard, anAccepted, aPolicy, eventsOf, idOf } from './builders.for-spec.js';
import { Load } from './load.js';

const person = (id: string, over: object = {}) => ({ id, name: id, roles: ['responder'], addresses: [], ...over });
const people = [
  person('ana', { skills: ['refunds'], authority: [{ unit: 'EUR', up_to: 100 }] }),
  person('ben', { skills: ['refunds', 'fraud'] }),
  person('chloe', { authority: [{ unit: 'EUR', up_to: 1000 }] }),
];
const all = [{ id: 'all', name: 'All', members: ['ana', 'ben', 'chloe'] }];

/** Who is asked at the one level with this target, by a packet with this at stake. */
function askedBy(target: object, packet: object = {}, over: object = {}): readonly (readonly string[])[] {
  const levels = [{ name: 'One', target: { team: 'all', ...target } }];
  const board = aBoard(aPolicy([], { people, teams: all, rules: [{ id: 'default', match: {}, levels, ...over }] }));
  accept(board, anAccepted('a', packet as never));
  return eventsOf(board).map(({ asked }) => asked);
}

describe('the people of a level', () => {
  it('are all of its team who are on duty, unless it names some of them', () => {
    expect(askedBy({})).toEqual([['ana', 'ben', 'chloe']]);
    expect(askedBy({ people: ['chloe'] })).toEqual([['chloe']]);
  });

  it('have the skills that it wants', () => {
    expect(askedBy({ skills: ['refunds'] })).toEqual([['ana', 'ben']]);
    expect(askedBy({ skills: ['refunds', 'fraud'] })).toEqual([['ben']]);
  });

  it('may decide the amount that is at stake', () => {
    const worth = (requested: number, unit = 'EUR') => ({ authority: { requested, unit } });
    expect(askedBy({}, worth(100))).toEqual([['ana', 'ben', 'chloe']]);
    expect(askedBy({}, worth(101))).toEqual([['ben', 'chloe']]);
    expect(askedBy({}, worth(1, 'USD'))).toEqual([['ben']]);
  });

  it('are as many as it wants, with the least to do, and of these the least recently asked', () => {
    const levels = [{ name: 'One', target: { team: 'all', ask: 1 } }];
    const policy = aPolicy([], { people, teams: all, rules: [{ id: 'default', match: {}, levels }] });
    const load = new Load([
      { person: 'ana' as PersonId, open: 2, askedAt: new Date(1) },
      { person: 'ben' as PersonId, open: 1, askedAt: new Date(3) },
      { person: 'chloe' as PersonId, open: 1, askedAt: new Date(2) },
    ]);
    const board = aBoard(policy, null, undefined, [], load);
    for (const name of ['a', 'b', 'c', 'd']) accept(board, anAccepted(name, { task_id: name }));
    expect(eventsOf(board).map(({ asked }) => asked[0])).toEqual(['chloe', 'ben', 'ana', 'ben']);
    expect(eventsOf(board)[0]?.why).toContain('of 3 on duty, chloe (1 open) has the least to do');
  });

  it('have, after any run of handoffs, as much to do as each other, give or take one', () => {
    const levels = [{ name: 'One', target: { team: 'all', ask: 1 } }];
    const policy = aPolicy([], { people, teams: all, rules: [{ id: 'default', match: {}, levels }] });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), (count) => {
        const board = aBoard(policy);
        for (let i = 0; i < count; i++) accept(board, anAccepted(`h${i}`, { task_id: `t${i}` }));
        const had = ['ana', 'ben', 'chloe'].map((id) => board.load.openOf(id as PersonId));
        expect(Math.max(...had) - Math.min(...had)).toBeLessThanOrEqual(1);
        expect(had.reduce((sum, it) => sum + it, 0)).toBe(count);
      }),
    );
  });
});

describe('a level that the policy passes over', () => {
  const levels = [
    { name: 'One', target: { team: 'all' }, skip_if: { urgency: 'low', amount: { unit: 'EUR', up_to: 10 } } },
    { name: 'Two', target: { team: 'all', people: ['ben'] } },
  ];
  const askedFor = (packet: object, of = levels) => {
    const board = aBoard(aPolicy([], { people, teams: all, rules: [{ id: 'default', match: {}, levels: of }] }));
    accept(board, anAccepted('a', packet as never));
    return board.find(idOf('a'))?.routed;
  };

  it('is passed over where all that it names holds, and that is said', () => {
    const small = { urgency: 'low', authority: { requested: 5, unit: 'EUR' } };
    expect(askedFor(small)).toMatchObject({ level: { number: 2 }, asked: ['ben'], skipped: ['One'] });
    expect(askedFor(small)?.why).toContain('One is passed over as the policy says');
    expect(askedFor({ urgency: 'low' })).toMatchObject({ level: { number: 1 } });
  });

  it('is asked all the same where nobody else is left', () => {
    expect(askedFor({ urgency: 'low', authority: { requested: 5, unit: 'EUR' } }, levels.slice(0, 1))).toMatchObject({
      asked: ['ana', 'ben', 'chloe'],
    });
  });
});

describe('a rule', () => {
  it('matches by tenant and amount', () => {
    const levels = [{ name: 'One', target: { team: 'all' } }];
    const rules = [
      { id: 'acme', match: { tenant: 'acme' }, levels },
      { id: 'large', match: { amount: { unit: 'EUR', over: 500 } }, levels },
      { id: 'default', match: {}, levels },
    ];
    const ruleFor = (packet: object, tenant = 'default') => {
      const board = aBoard(aPolicy([], { people, teams: all, rules }));
      accept(board, anAccepted('a', packet as never, { tenant: tenant as TenantId }));
      return board.find(idOf('a'))?.routed.policy.rule;
    };
    expect(ruleFor({}, 'acme')).toBe('acme');
    expect(ruleFor({ authority: { requested: 501, unit: 'EUR' } })).toBe('large');
    expect(ruleFor({ authority: { requested: 500, unit: 'EUR' } })).toBe('default');
  });
});
