import type { Check } from '../check.js';
import { gaugesOf } from '../service-gauges.js';

/** Open handoffs that are held because nobody is left to ask: a gap in the policy or in its schedules. */
export const unattended: Check = {
  name: 'unattended',
  judge: ({ processes }) =>
    gaugesOf(processes, 'handoff_unattended_open')
      .filter(({ value }) => value > 0)
      .map(({ service, value }) => ({
        ...{ severity: 'page', part: service, figures: { held: value }, runbook: 'handoff-unattended' },
        saw: `${value} open handoffs are held: nobody at any level could be asked.`,
        whatToDo: 'See the gap on the desk’s duty page and add an override; npm run handoff -- policy test says who would be asked.',
      })),
};
