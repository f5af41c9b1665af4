import { keptFor, olderThanDays, type Keeps } from '@handoff/runtime';
import type { SlaMonitorConfig } from './sla-monitor.config.js';

/** Clocks would go with their handoff; one that has ended has none. */
export const keeps = ({ HANDOFF_DAYS }: SlaMonitorConfig): Keeps => ({
  handoffDays: HANDOFF_DAYS,
  retentions: keptFor(HANDOFF_DAYS, [{ table: 'handoffs', where: olderThanDays('ended_at') }]),
});
