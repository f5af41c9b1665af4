import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { FeedbackConfig } from './feedback.config.js';

/** All that hangs on an example goes with it: its key is theirs. */
export const keeps = ({ EXAMPLE_DAYS }: FeedbackConfig): Keeps => ({
  handoffDays: EXAMPLE_DAYS,
  retentions: keptFor(EXAMPLE_DAYS, [
    { table: 'outcomes', where: olderThanDays('received_at') },
    { table: 'rejections', where: olderThanDays('rejected_at') },
    { table: 'advices', where: olderThanDays('advised_at') },
    { table: 'examples', where: `handoff_id IN (SELECT handoff_id FROM decisions WHERE ${olderThanDays('decided_at')})` },
  ]),
});
