import type { Check } from '../check.js';
import { risen } from '../service-gauges.js';

/** Handoffs that were held because nobody is left to ask: a gap in the policy or in its schedules. */
export const unattended: Check = {
  name: 'unattended',
  judge: ({ processes }) => {
    const held = processes.reduce((sum, it) => sum + risen(it, 'handoff_unattended_total'), 0);
    if (held === 0) return [];
    return [
      {
        ...{ severity: 'page', part: 'routing', figures: { held }, runbook: 'handoff-unattended' },
        saw: `${held} times while this looked, a handoff was held because nobody at any level could be asked.`,
        whatToDo: 'See the gap on the desk’s duty page and add an override; npm run handoff -- policy test says who would be asked.',
      },
    ];
  },
};
