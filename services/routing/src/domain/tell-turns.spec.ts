import type { HandoffRouted, PersonId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { tellTurns, type Told } from './tell-turns.js';

const routed = {
  ...{
    event: 'asked',
    level: { number: 2, name: 'lead desk', of: 3 },
    cycle: 1,
    asked: ['ben'],
    why: 'Level 1 did not decide, so leads are next.',
  },
  ...{ end: null, routed_at: '2026-11-28T10:20:00.000Z' },
} as unknown as HandoffRouted;
const first = {
  level: 1,
  cycle: 1,
  name: 'support',
  asked: ['ana', 'chloe'] as PersonId[],
  why: 'Refunds go to support.',
  at: new Date('2026-11-28T10:00:00Z'),
};
const told: Told = { routed, askedAt: new Date('2026-11-28T10:15:00Z'), turns: [first] } as unknown as Told;

describe('whose turn a handoff was', () => {
  it('is told by turn, each from the instant it began, whatever was said again within it', () => {
    expect(tellTurns(told)).toMatchObject([
      { event: 'asked', at: '2026-11-28T10:00:00.000Z', text: 'Level 1 of 3, support, is asked: ana, chloe. Refunds go to support.' },
      { event: 'passed_on', at: '2026-11-28T10:15:00.000Z', text: expect.stringMatching(/^Level 2 of 3, lead desk, is asked: ben\./) },
    ]);
  });

  it('counts how often a level was asked, and says where nobody was there', () => {
    const again = { ...told, routed: { ...routed, cycle: 3, asked: [] } };
    expect(tellTurns(again)[1]?.text).toContain('is asked, for the 3rd time: nobody, as nobody is on duty');
  });

  it('leaves out a turn of which nobody kept the instant, but for the one that holds', () => {
    const turns = [{ ...first, at: null }];
    expect(tellTurns({ ...told, askedAt: null, turns })).toMatchObject([{ at: '2026-11-28T10:20:00.000Z', event: 'passed_on' }]);
  });

  it('ends with the end that was asked for; one that began with it was nobody’s turn', () => {
    const end = { event: 'end', end: { type: 'withdrawn', reason: 'the agent took it back' } } as const;
    const ended = { ...told, routed: { ...routed, ...end } };
    expect(tellTurns(ended).at(-1)).toMatchObject({ event: 'end', text: 'The handoff is to end, withdrawn: the agent took it back' });
    expect(tellTurns({ ...ended, turns: null, askedAt: new Date(routed.routed_at) })).toHaveLength(1);
  });
});
