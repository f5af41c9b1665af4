import { describe, expect, it } from '@jest/globals';
import type { AgentId } from '@handoff/contracts';
import { askingByWeek, type AloneCount, type AskedCount } from './asking-by-week.js';
import { weekOf, weeksUpTo } from './iso-week.js';

const weeks = weeksUpTo(weekOf(new Date('2026-11-28T00:00:00Z')), 2);
const [before, last] = weeks.map(({ from }) => from) as [Date, Date];
const agent_id = 'refunds-agent' as AgentId;
const asked = (week: Date, over: Partial<AskedCount>): AskedCount => ({
  agent_id,
  week,
  reason_code: 'low_confidence',
  asked: 1,
  necessary: 0,
  unnecessary: 0,
  ...over,
});
const alone = (week: Date, over: Partial<AloneCount>): AloneCount => ({
  agent_id,
  week,
  propensity: 0.1,
  is_missed: null,
  tasks: 1,
  ...over,
});

describe('what an agent asks, week by week', () => {
  it('has both kinds of error, each null where nothing says', () => {
    const [of] = askingByWeek(
      weeks,
      [
        asked(before, { asked: 4, necessary: 1, unnecessary: 0.6 }),
        asked(before, { reason_code: 'authority_limit', asked: 3, necessary: 3 }),
      ],
      [alone(before, { tasks: 90 }), alone(last, { is_missed: true }), alone(last, { is_missed: false, tasks: 3 })],
      1,
    );
    expect(of?.weeks).toMatchObject([
      { week: '2026-W47', asked: 7, unnecessary: 0.6 / 4.6, alone: 90, audited: 0, missed: null },
      { week: '2026-W48', asked: 0, unnecessary: null, alone: 4, audited: 4, missed: { rate: 0.25 } },
    ]);
    expect(of?.reasons).toEqual([
      { reason_code: 'low_confidence', asked: 4 },
      { reason_code: 'authority_limit', asked: 3 },
    ]);
  });

  it('names those who do the most first', () => {
    const busy = 'busy-agent' as AgentId;
    const names = askingByWeek(weeks, [asked(last, {}), asked(last, { agent_id: busy, asked: 9 })], [], 1).map((it) => it.agent_id);
    expect(names).toEqual([busy, agent_id]);
  });
});
