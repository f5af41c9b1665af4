import { describe, expect, it } from '@jest/globals';
import { Round } from './round.js';
import { STAGES } from './stages.js';

describe('a round of the canary', () => {
  it('is over once every stage was reached, in whatever order that was heard', () => {
    const round = new Round('task', 1000);
    for (const stage of [...STAGES].reverse()) round.reach(stage, 2500);
    expect(round.missing()).toBeNull();
  });

  it('names the first stage that it has not come to, whatever was heard of later ones', () => {
    const round = new Round('task', 1000);
    for (const stage of ['published', 'accepted', 'decided'] as const) round.reach(stage, 2000);
    expect(round.missing()).toBe('routed');
  });

  it('tells how long a stage took, once', () => {
    const round = new Round('task', 1000);
    expect([round.reach('accepted', 3500), round.reach('accepted', 9000)]).toEqual([2.5, null]);
  });
});
