import { days, TOPICS } from '@handoff/contracts';
import { ValidateBy } from 'class-validator';

/** Kafka deletes whole segments, each of a week by its default, and what is read at the very last is still to be taken. */
const DAYS_BEYOND_RETENTION = 10;

/** Whatever can still be read about a handoff finds its row: rows stay longer than the longest topic keeps its records. */
export const LEAST_HANDOFF_DAYS = Math.max(...TOPICS.map(({ retention }) => retention ?? 0)) / days(1) + DAYS_BEYOND_RETENTION;

/** How many, in this service; 0 for good. */
export const HANDOFF_DAYS = Symbol('HandoffDays');

const MOST_DAYS = 36_500;

/** Days for which ended handoffs are kept: 0 for good, else longer than any of their events. */
export const IsHandoffDays = (): PropertyDecorator =>
  ValidateBy({
    name: 'isHandoffDays',
    validator: {
      validate: (value) => Number.isInteger(value) && (value === 0 || (value >= LEAST_HANDOFF_DAYS && value <= MOST_DAYS)),
      defaultMessage: () =>
        `$property must be 0 (kept for good) or a whole number from ${LEAST_HANDOFF_DAYS} to ${MOST_DAYS}: ` +
        `an ended handoff has to be kept for longer than Kafka keeps what was said about it, or reading that again would begin it anew`,
    },
  });
