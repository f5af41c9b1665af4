import type { Check } from '../check.js';
import { gaugesOf } from '../service-gauges.js';

/** As the alert has it. */
const OLD_SECONDS = 30;

/** Events that were committed and that Kafka has not taken: what others should have heard by now. */
export const outbox: Check = {
  name: 'outbox',
  judge: ({ processes }) =>
    gaugesOf(processes, 'handoff_outbox_oldest_seconds')
      .filter(({ value }) => value > OLD_SECONDS)
      .map(({ service, value }) => ({
        ...{ severity: 'page', part: service, figures: { oldest_seconds: Math.round(value) }, runbook: 'handoff-publish-failures' },
        saw: `The oldest event that ${service} has committed and Kafka has not taken is ${Math.round(value)} s old.`,
        whatToDo: 'See whether Kafka takes writes, and whether the topic is there; the relay sends it as soon as it can.',
      })),
};
