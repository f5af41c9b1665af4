import { rows, type EntityManager } from '@handoff/store';
import { liveCase, type LiveRow } from '../domain/live-case.js';
import type { LearningCase } from '../model/cases.js';

const AT_ONCE = 200;

/** Every labelled handoff that teaches something, the newest first, a few hundred rows at a time, by key: none of it is held. */
export async function* liveCases(db: EntityManager, after: Date = new Date(0)): AsyncGenerator<LearningCase> {
  let last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'; // ids begin with their time
  for (;;) {
    const found = await rows<LiveRow>(
      db,
      `SELECT e.handoff_id, e.tenant, r.agent_id, r.task_id, r.reason_code, r.packet, r.accepted_at, l.escalation, l.recommendation
       FROM examples e
       JOIN decisions d ON d.handoff_id = e.handoff_id
       JOIN recommendations r ON r.handoff_id = e.handoff_id AND r.packet_version = d.packet_version
       JOIN labels l ON l.handoff_id = e.handoff_id AND l.revision = e.revision
       WHERE e.handoff_id < $1 AND e.revision > 0 AND r.accepted_at > $2 ORDER BY e.handoff_id DESC LIMIT ${AT_ONCE}`,
      [last, after],
    );
    for (const row of found) {
      const it = liveCase(row);
      if (it) yield it;
    }
    const end = found.at(-1);
    if (!end) return;
    last = end.handoff_id;
  }
}

/** When the newest label was made; null before the first. */
export async function newestLabelAt(db: EntityManager): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(db, 'SELECT max(labelled_at) AS at FROM labels');
  return row?.at ?? null;
}

/** Enough of them to learn from? Counted no further than that. */
export async function hasExamples(db: EntityManager, fewest: number): Promise<boolean> {
  const [row] = await rows<{ n: number }>(
    db,
    'SELECT count(*)::int AS n FROM (SELECT 1 FROM examples WHERE revision > 0 LIMIT $1) AS labelled',
    [fewest],
  );
  return (row?.n ?? 0) >= fewest;
}
