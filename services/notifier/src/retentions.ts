import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { NotifierConfig } from './notifier.config.js';

/** Who decided what stays on the audit log for longer than the packet that it was about. */
export const keeps = ({ HANDOFF_DAYS, AUDIT_DAYS }: NotifierConfig): Keeps => ({
  handoffDays: HANDOFF_DAYS,
  retentions: [
    { table: 'sessions', where: 'expires_at < (SELECT handoff_now())' },
    ...keptFor(HANDOFF_DAYS, [
      {
        table: 'desk_items',
        where: olderThanDays('ended_at'),
        with: [
          { table: 'packets', by: ['handoff_id'] },
          { table: 'notifications', by: ['handoff_id'] },
          { table: 'decisions', by: ['handoff_id'] },
        ],
      },
      { table: 'dead_letter_pages', where: `state IN ('delivered', 'failed') AND ${olderThanDays('paged_at')}` },
    ]),
    ...keptFor(AUDIT_DAYS, [{ table: 'audit_log', where: olderThanDays('at') }]),
  ],
});
