import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { IntakeConfig } from './intake.config.js';

/** As long as the topics that they stand for; a stream that comes back later looks at what is open. */
const EVENT_DAYS = 7;

/** An agent reads its answer for so long, and an idempotency key stands for its handoff as long as that is there. */
export const keeps = ({ HANDOFF_DAYS }: IntakeConfig): Keeps => ({
  handoffDays: HANDOFF_DAYS,
  retentions: [
    // Past it, the same is new again, whether the row is there or not.
    { table: 'newness', where: 'until <= (SELECT handoff_now())' },
    { table: 'agent_events', where: olderThanDays('heard_at'), parameters: [EVENT_DAYS] },
    ...keptFor(HANDOFF_DAYS, [
      {
        table: 'handoffs',
        where: olderThanDays('ended_at'),
        with: [
          { table: 'packets', by: ['handoff_id'] },
          { table: 'requests', by: ['handoff_id'] },
          { table: 'offers', by: ['handoff_id'] },
          { table: 'object_uses', by: ['handoff_id'] },
          { table: 'newness', by: ['handoff_id'] },
        ],
      },
      { table: 'rejections', where: olderThanDays('rejected_at') },
    ]),
  ],
});
