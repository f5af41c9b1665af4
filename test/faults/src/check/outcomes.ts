import type { Pool } from 'pg';
import type { Report } from '../drive/ledger.js';
import type { History } from './history.js';
import { readOutcomes } from './schemas.js';
import { doubled, lost, wrong, type Invariant, type Violation } from './violation.js';

/** A recommendation that was followed was right or wrong as its agent has told; each correction is a revision, and none is there twice. */
export const tellsWhatCameOfIt: Invariant = ({ history, reports, setBack }) => {
  if (setBack.has('feedback')) return []; // it numbers anew what it has forgotten
  const feedback = history.of('handoff.feedback');
  const revisions = new Set(feedback.map(({ sequence }) => sequence)).size;
  const [report, ...more] = reports;
  const { verdict, correct } = feedback.at(-1)?.facts ?? {};
  const isTold = report && more.length === 0 && report.handoffId !== null && report.result !== 'cancelled' && verdict === 'followed';
  return [
    ...(revisions < feedback.length ? [doubled('feedback once', `${feedback.length} events have ${revisions} revisions`)] : []),
    ...(isTold && correct !== String(report.result === 'succeeded')
      ? [
          wrong(
            'what came of it',
            `its agent told "${report.result}", and the last feedback says that it was right: ${correct || 'nobody knows'}`,
          ),
        ]
      : []),
  ];
};

/**
 * Each word on how a task ended is kept once, and about the handoff that it is about; of a task without any it is kept all the same.
 * @param mayForget what it was told over HTTP alone, as its schema was set back
 */
export async function outcomesKept(
  db: Pool,
  reports: readonly Report[],
  histories: ReadonlyMap<string, readonly History[]>,
  mayForget: boolean,
): Promise<ReadonlyMap<string, readonly Violation[]>> {
  const tasks = [...new Set([...reports.map(({ taskId }) => taskId), ...histories.keys()])];
  const kept = await readOutcomes(db, tasks);
  return new Map(
    tasks.map((taskId) => {
      const handoffs = histories.get(taskId) ?? [];
      const told = reports.filter((it) => it.taskId === taskId);
      const done = sum(handoffs.map((it) => it.of('handoff.moves', 'done').length));
      const most = told.length + done;
      const least = mayForget ? told.filter(({ door }) => door === 'kafka').length + done : most;
      const there = kept.get(taskId) ?? { kept: 0, linked: 0 };
      const ofHandoffs = handoffs.length > 0 ? within('about a handoff', least, most, there.linked) : [];
      return [taskId, [...within('kept', least, most, there.kept), ...ofHandoffs]];
    }),
  );
}

function within(what: string, least: number, most: number, there: number): readonly Violation[] {
  if (there >= least && there <= most) return [];
  return [(there < least ? lost : doubled)('what came of it', `${most} words on how the task ended were told, and ${there} are ${what}`)];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);
