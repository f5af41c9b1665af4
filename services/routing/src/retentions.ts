import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { RoutingConfig } from './routing.config.js';

/** A task's row is its lock and nothing else: whoever needs it makes it again. */
export const keeps = ({ HANDOFF_DAYS }: RoutingConfig): Keeps => ({
  handoffDays: HANDOFF_DAYS,
  retentions: keptFor(HANDOFF_DAYS, [
    {
      table: 'assignments',
      where: olderThanDays('ended_at'),
      with: [{ table: 'tasks', by: ['tenant', 'agent_id', 'task_id'], isShared: true }],
    },
    // Of handoffs that never came.
    { table: 'held_events', where: olderThanDays('held_at') },
    { table: 'schedule_overrides', where: olderThanDays('until_at') },
  ]),
});
