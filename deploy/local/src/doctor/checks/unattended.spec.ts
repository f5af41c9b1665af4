import { describe, expect, it } from '@jest/globals';
import { whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { unattended } from './unattended.js';

describe('unattended handoffs', () => {
  it('page while some are held', () => {
    const judge = (held: number) => unattended.judge(whatIsSeen(withMetrics('routing', `handoff_unattended_open ${held}`)));
    expect(judge(0)).toEqual([]);
    expect(judge(2)).toMatchObject([{ figures: { held: 2 }, runbook: 'handoff-unattended' }]);
  });
});
