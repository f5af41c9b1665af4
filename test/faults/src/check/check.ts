import type { Service } from '@handoff/contracts';
import type { Pool } from 'pg';
import { handoffsOf } from '../drive/plans.js';
import type { Ears } from '../drive/ears.js';
import type { Report, Task } from '../drive/ledger.js';
import { isAnsweredAgain, rejectionsOf, type Rejection } from './answered-again.js';
import { checkHandoff } from './check-handoff.js';
import { DOOR_SAMPLE } from './doors.js';
import type { Checked, Finding } from './finding.js';
import { History } from './history.js';
import { outcomesKept } from './outcomes.js';
import { readStandings, type Standing } from './schemas.js';
import { doubled, lost, type FaultsPromise, type Violation } from './violation.js';

const AT_ONCE = 1000;

type AtDoors = (history: History, task: Task) => Promise<readonly Violation[]>;

export interface Memory {
  readonly tasks: ReadonlyMap<string, Task>;
  readonly histories: ReadonlyMap<string, History>;
  /** Every handoff that was checked before: a later record about it is a repeat, or a second life. */
  readonly checkedBefore: ReadonlyMap<string, string>;
  /** By task: a repeat of what was asked then is answered by them, and nobody remembers it any more. */
  readonly rejectedBefore: ReadonlyMap<string, readonly Rejection[]>;
  /** Tasks that came back to whoever passed them on: the same record again passes them on once more. */
  readonly returnedBefore: ReadonlySet<string>;
  readonly faults: readonly FaultsPromise[];
  readonly setBack: ReadonlySet<Service>;
  readonly reports: readonly Report[];
  readonly ears: Ears;
}

/** Holds what the agents and people remember against the topics, the schemas and, for a sample, the doors. */
export async function check(db: Pool, memory: Memory, atDoors: AtDoors): Promise<Checked> {
  const ids = [...memory.histories.keys()].filter((id) => !memory.checkedBefore.has(id));
  const standings = await standingsOf(db, ids);
  const taskOf = taskFinder(memory);
  const findings = ids.flatMap((id) => {
    const [history, standing] = [memory.histories.get(id) ?? new History(id), standings.get(id)];
    const task = taskOf(history);
    const found = standing
      ? checkHandoff({
          history,
          standing,
          task,
          fault: memory.faults.find(({ name }) => name === task?.fault) ?? null,
          setBack: memory.setBack,
          reports: memory.reports.filter((it) => it.handoffId === id || (it.handoffId === null && it.taskId === taskIdOf(history))),
          heard: memory.ears.of(id),
        })
      : [];
    const taskId = taskIdOf(history);
    const isRepeat = memory.returnedBefore.has(taskId) || isAnsweredAgain(history, memory.rejectedBefore.get(taskId) ?? []);
    const isKnown = task !== null || isRepeat;
    const broken = isKnown ? found.filter(({ invariant }) => invariant !== 'asked for') : found;
    return broken.map((violation) => findingOf(violation, task, history));
  });
  for (const id of ids.slice(-DOOR_SAMPLE)) {
    const history = memory.histories.get(id);
    const task = history ? taskOf(history) : null;
    if (history && task) findings.push(...(await atDoors(history, task)).map((violation) => findingOf(violation, task, history)));
  }
  for (const history of memory.histories.values())
    findings.push(
      ...secondLife(history, memory.checkedBefore.get(history.handoffId)).map((violation) => findingOf(violation, null, history)),
    );
  const made = handoffsByTask(memory);
  const perTask = [...memory.tasks.values()].flatMap((task) =>
    countHandoffs(task, made.get(task.taskId) ?? []).map((violation) => findingOf(violation, task, null)),
  );
  for (const [taskId, violations] of await outcomesKept(db, memory.reports, made, memory.setBack.has('feedback')))
    perTask.push(...violations.map((violation) => ({ ...findingOf(violation, memory.tasks.get(taskId) ?? null, null), taskId })));
  return { handoffs: ids.length, findings: [...perTask, ...findings], absorbed: absorbedBy(memory, taskOf) };
}

/** @param endedBy the event that ended it, where that was checked before */
function secondLife(history: History, endedBy: string | undefined): readonly Violation[] {
  const again = history.of('handoff.decisions').filter(({ eventId }) => endedBy !== undefined && eventId !== endedBy);
  return again.length > 0 ? [doubled('ends once', 'it was over and checked, and ended again')] : [];
}

async function standingsOf(db: Pool, ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const all = new Map<string, Standing>();
  for (let at = 0; at < ids.length; at += AT_ONCE)
    for (const [id, standing] of await readStandings(db, ids.slice(at, at + AT_ONCE))) all.set(id, standing);
  return all;
}

function taskFinder({ tasks }: Memory): (history: History) => Task | null {
  return (history) => tasks.get(taskIdOf(history)) ?? null;
}

export const taskIdOf = (history: History): string => history.records.find(({ facts }) => facts.taskId)?.facts.taskId ?? '';

/**
 * Exactly one handoff for each packet that a door has taken, and each that was named to somebody is among them. A bare packet that comes
 * again after it was rejected is one that asks nobody, and what came back to its sender may be passed on again.
 */
function countHandoffs(task: Task, histories: readonly History[]): readonly Violation[] {
  const expected = Math.min(task.taken, handoffsOf(task.plan));
  const rejectionsBeside = (history: History): readonly Rejection[] => histories.filter((it) => it !== history).flatMap(rejectionsOf);
  const made = histories.map(({ handoffId }) => handoffId);
  const asked = histories
    .filter((history) => !isAnsweredAgain(history, rejectionsBeside(history)) && !isReturned(history))
    .map(({ handoffId }) => handoffId);
  const unknown = [...task.handoffIds].filter((id) => !made.includes(id));
  return [
    ...(made.length < expected ? [lost('one handoff per packet', `${expected} packets were taken, and ${made.length} handoffs made`)] : []),
    ...(asked.length > handoffsOf(task.plan) ? [doubled('one handoff per packet', `${asked.length} handoffs: ${asked.join(', ')}`)] : []),
    ...unknown.map((id) => lost('one handoff per packet', `${id} was named to somebody, and is on no topic`)),
  ];
}

export const isReturned = (history: History): boolean => history.of('handoff.decisions')[0]?.facts.type === 'returned';

function handoffsByTask({ histories }: Memory): ReadonlyMap<string, readonly History[]> {
  const byTask = new Map<string, History[]>();
  for (const history of histories.values()) {
    const taskId = history.of('handoff.accepted')[0]?.facts.taskId ?? '';
    byTask.set(taskId, [...(byTask.get(taskId) ?? []), history]);
  }
  return byTask;
}

function absorbedBy({ tasks, histories, reports, ears }: Memory, taskOf: (history: History) => Task | null): ReadonlyMap<string, number> {
  const absorbed = new Map<string, number>();
  const add = (fault: string, count: number): void => void absorbed.set(fault, (absorbed.get(fault) ?? 0) + count);
  for (const task of tasks.values()) add(task.fault, task.repeats);
  for (const { taskId, repeats } of reports) add(tasks.get(taskId)?.fault ?? '', repeats);
  add('', ears.repeats);
  for (const history of histories.values()) add(taskOf(history)?.fault ?? '', history.repeated());
  return absorbed;
}

const findingOf = (violation: Violation, task: Task | null, history: History | null): Finding => ({
  ...violation,
  fault: task?.fault ?? '',
  taskId: task?.taskId ?? null,
  handoffId: history?.handoffId ?? null,
  history: history?.lines() ?? [],
});
