import { AUDIT_AGENT } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { liveCase, type LiveRow } from '../domain/live-case.js';
import { timeOf, type LearningCase } from '../model/cases.js';
import { aloneCases } from './alone-tasks.js';

const AT_ONCE = 200;

/** Everything that teaches something, the newest first; none of it is held. */
export const liveCases = (db: EntityManager): AsyncGenerator<LearningCase> => liveCasesAfter(db, new Date(0), false);

/** What models are judged by: what somebody else has said of it, and not its agent alone. */
export const judgedCases = (db: EntityManager, after: Date): AsyncGenerator<LearningCase> => liveCasesAfter(db, after, true);

const liveCasesAfter = (db: EntityManager, after: Date, isJudged: boolean): AsyncGenerator<LearningCase> =>
  newestFirst(askedCases(db, after), aloneCases(db, after, isJudged));

/** Two that have the newest first, as one. */
async function* newestFirst(one: AsyncGenerator<LearningCase>, other: AsyncGenerator<LearningCase>): AsyncGenerator<LearningCase> {
  let [a, b] = [await one.next(), await other.next()];
  while (!a.done || !b.done)
    if (b.done || (!a.done && timeOf(a.value) >= timeOf(b.value))) {
      if (!a.done) yield a.value;
      a = await one.next();
    } else {
      yield b.value;
      b = await other.next();
    }
}

/** Every labelled handoff that teaches something, a few hundred rows at a time, by key. An audit's is about the task that was done alone. */
async function* askedCases(db: EntityManager, after: Date): AsyncGenerator<LearningCase> {
  let last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'; // ids begin with their time
  for (;;) {
    const found = await rows<LiveRow>(
      db,
      `SELECT e.handoff_id, e.tenant, r.agent_id, r.task_id, r.reason_code, r.packet, r.accepted_at, l.escalation, l.recommendation
       FROM examples e
       JOIN decisions d ON d.handoff_id = e.handoff_id
       JOIN recommendations r ON r.handoff_id = e.handoff_id AND r.packet_version = d.packet_version
       JOIN labels l ON l.handoff_id = e.handoff_id AND l.revision = e.revision
       WHERE e.handoff_id < $1 AND e.revision > 0 AND r.accepted_at > $2 AND r.agent_id <> $3 ORDER BY e.handoff_id DESC LIMIT ${AT_ONCE}`,
      [last, after, AUDIT_AGENT],
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

/** When the newest of what is learned from came: a label, or a task that its agent did alone; null before the first. */
export async function newestTaughtAt(db: EntityManager): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(
    db,
    'SELECT greatest((SELECT max(labelled_at) FROM labels), (SELECT max(drawn_at) FROM audits)) AS at',
  );
  return row?.at ?? null;
}

/** Enough of them to learn from? Counted no further than that. */
export async function hasExamples(db: EntityManager, fewest: number): Promise<boolean> {
  const [row] = await rows<{ n: number }>(
    db,
    `SELECT count(*)::int AS n FROM (
       (SELECT 1 FROM examples WHERE revision > 0 LIMIT $1) UNION ALL (SELECT 1 FROM audits LIMIT $1)) AS taught`,
    [fewest],
  );
  return (row?.n ?? 0) >= fewest;
}
