import type { Check } from '../check.js';
import { gaugesOf } from '../service-gauges.js';

/** The model of when to ask: whether what comes is what it says. */
export const model: Check = {
  name: 'model',
  judge: ({ processes }) =>
    gaugesOf(processes, 'handoff_model_out_of_calibration')
      .filter(({ value }) => value > 0)
      .map(() => ({
        ...{ severity: 'ticket', part: 'model of when to ask', figures: {}, runbook: 'handoff-model-out-of-calibration' },
        saw: 'What came since it was made is farther from what it said than chance explains.',
        whatToDo: 'It was rolled back by itself; GET /desk/v1/models says why. See whose feedback changed, then train anew.',
      })),
};
