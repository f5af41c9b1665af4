import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { NotifierConfig } from './notifier.config.js';

/** Who decided what stays on the audit log for longer than the packet that it was about. */
export const keeps = ({ HANDOFF_DAYS, AUDIT_DAYS }: NotifierConfig): Keeps => ({
  handoffDays: HANDOFF_DAYS,
  retentions: [
    { table: 'sessions', where: 'expires_at < (SELECT handoff_now())' },
    { table: 'action_tokens', where: `expires_at < (SELECT handoff_now() - interval '7 days')` },
    { table: 'account_links', where: 'expires_at < (SELECT handoff_now())' },
    { table: 'taken_callbacks', where: 'expires_at < (SELECT handoff_now())' },
    { table: 'destinations', where: `used_until < (SELECT handoff_now() - interval '1 day')` },
    ...keptFor(HANDOFF_DAYS, [
      {
        table: 'desk_items',
        where: olderThanDays('ended_at'),
        with: [
          { table: 'packets', by: ['handoff_id'] },
          { table: 'moves', by: ['handoff_id'] },
          { table: 'notifications', by: ['handoff_id'] },
          { table: 'decisions', by: ['handoff_id'] },
        ],
      },
      { table: 'dead_letter_pages', where: `state IN ('delivered', 'failed') AND ${olderThanDays('paged_at')}` },
    ]),
    ...keptFor(AUDIT_DAYS, [{ table: 'audit_log', where: olderThanDays('at') }]),
  ],
});
