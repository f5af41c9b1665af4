import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { IntakeConfig } from './intake.config.js';

/** An agent reads its answer for so long, and an idempotency key stands for its handoff as long as that is there. */
export const keeps = ({ HANDOFF_DAYS }: IntakeConfig): Keeps => ({
  handoffDays: HANDOFF_DAYS,
  retentions: [
    // Past it, the same is new again, whether the row is there or not.
    { table: 'newness', where: 'until <= (SELECT handoff_now())' },
    ...keptFor(HANDOFF_DAYS, [
      {
        table: 'handoffs',
        where: olderThanDays('ended_at'),
        with: [
          { table: 'packets', by: ['handoff_id'] },
          { table: 'requests', by: ['handoff_id'] },
          { table: 'offers', by: ['handoff_id'] },
          { table: 'newness', by: ['handoff_id'] },
        ],
      },
      { table: 'rejections', where: olderThanDays('rejected_at') },
    ]),
  ],
});
