import { describe, expect, it } from '@jest/globals';
import { whatIsSeen, withMetrics } from '../seen.for-spec.js';
import { model } from './model.js';

describe('the model of when to ask', () => {
  it('is named while what comes is not what it says', () => {
    const judge = (isOff: number) => model.judge(whatIsSeen(withMetrics('feedback', `handoff_model_out_of_calibration ${isOff}`)));
    expect(judge(0)).toEqual([]);
    expect(judge(1)).toMatchObject([{ severity: 'ticket', runbook: 'handoff-model-out-of-calibration' }]);
  });
});
