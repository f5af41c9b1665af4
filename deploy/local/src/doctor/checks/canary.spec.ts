import { describe, expect, it } from '@jest/globals';
import { parseSamples } from '../samples.js';
import { seen, unseen, whatIsSeen } from '../seen.for-spec.js';
import { canary } from './canary.js';

const judge = (metrics: string) => canary.judge(whatIsSeen({ canary: seen(parseSamples(metrics)) }));
const last = (secondsAgo: number) => `handoff_canary_last_success_seconds ${Date.now() / 1000 - secondsAgo}`;

describe('the canary', () => {
  it('is well where it came back lately, has just begun, or is not there', () => {
    expect(judge(last(70))).toEqual([]);
    expect(judge('handoff_canary_last_success_seconds 0')).toEqual([]);
    expect(canary.judge(whatIsSeen({ canary: null }))).toEqual([]);
  });

  it('pages with the stage that it did not reach', () => {
    const stages = 'handoff_canary_missing{stage="accepted"} 0\nhandoff_canary_missing{stage="routed"} 1';
    expect(judge(stages)).toMatchObject([{ figures: { stage: 'routed' }, runbook: 'handoff-canary-silent' }]);
  });

  it('pages where it has not come back for three rounds, or does not answer', () => {
    expect(judge(last(200))).toMatchObject([{ figures: { quiet_seconds: 200 } }]);
    expect(canary.judge(whatIsSeen({ canary: unseen() }))).toMatchObject([{ part: 'canary' }]);
  });
});
