import { describe, expect, it } from '@jest/globals';
import { whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { unattended } from './unattended.js';

const total = (count: number) => `handoff_unattended_total{urgency="high"} ${count}`;
const judge = (before: string, later: string) => unattended.judge(whatIsSeen(withMetrics('routing', later, before)));

describe('unattended handoffs', () => {
  it('page where one was held while this looked', () => {
    expect(judge(total(4), total(5))).toMatchObject([{ figures: { held: 1 }, runbook: 'handoff-unattended' }]);
    expect(judge(total(4), total(4))).toEqual([]);
  });

  it('are counted from nothing where the process began anew', () => {
    expect(judge(total(4), total(1))).toMatchObject([{ figures: { held: 1 } }]);
  });
});
