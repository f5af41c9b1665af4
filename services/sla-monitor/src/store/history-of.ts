import type { ReadHistory } from '@handoff/runtime';
import { rows } from '@handoff/store';
import { tellClocks, type TimedClock } from '../domain/tell-clocks.js';
import type { WatchedHandoff } from '../domain/watch.js';

export const historyOf: ReadHistory = async (db, { tenant, handoffId }) => {
  const [[handoff], clocks] = await Promise.all([
    rows<WatchedHandoff>(db, 'SELECT * FROM handoffs WHERE handoff_id = $1 AND tenant = $2', [handoffId, tenant]),
    rows<TimedClock>(db, 'SELECT * FROM clocks WHERE handoff_id = $1', [handoffId]),
  ]);
  return handoff ? tellClocks(handoff, clocks) : [];
};
