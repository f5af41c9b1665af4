import type { EscalationFeedback, HandoffId, Rate, ReasonCode, RecommendationFeedback, RecommendationVerdict } from '@handoff/contracts';
import { missedEscalations } from '../model/missed-rate.js';

/** A decided escalation of one agent, and what its newest label says. */
export interface AskedTask {
  readonly handoff_id: HandoffId;
  readonly reason_code: ReasonCode;
  readonly task_type: string;
  readonly escalation: EscalationFeedback;
  readonly recommendation: RecommendationFeedback;
}

/** A task that the agent did alone and that an audit could have drawn. */
export interface UnaskedTask {
  /** Of the audit; null where it was not drawn. */
  readonly handoff_id: HandoffId | null;
  readonly propensity: number;
  /** Null where it was not drawn, or is not decided. */
  readonly is_missed: boolean | null;
}

/** A figure, and the handoffs behind it; the rate is null where there are none. */
type Behind<Name extends string> = { readonly rate: number | null } & Readonly<Record<Name, readonly HandoffId[]>>;

export interface Asking {
  readonly asked: number;
  /** Share of its escalations that were necessary, by the weights of their labels. */
  readonly precision: Behind<'necessary' | 'unnecessary'>;
  /** Share of its recommendations that people followed, with edits or without. */
  readonly acceptance: Behind<Exclude<RecommendationVerdict, 'not_applicable'>>;
  /** Mean share of the arguments that were changed, of those that were edited. */
  readonly edit_distance: { readonly mean: number | null; readonly handoffs: readonly HandoffId[] };
}

export interface Missed {
  /** Of the tasks that it did alone, the share that it should have asked about; null without an audit. */
  readonly estimate: Rate | null;
  readonly alone: number;
  readonly missed: readonly HandoffId[];
  readonly fine: readonly HandoffId[];
}

export interface Digest extends Asking {
  readonly missed_escalations: Missed;
  readonly by_reason: readonly ({ readonly reason_code: ReasonCode } & Asking)[];
  readonly by_task_type: readonly ({ readonly task_type: string } & Asking)[];
}

/**
 * Both kinds of error, never one of them alone.
 * @param accuracy the chance with which auditors are right, at least
 */
export function digest(asked: readonly AskedTask[], unasked: readonly UnaskedTask[], accuracy: number): Digest {
  return {
    ...asking(asked),
    missed_escalations: missedAmong(unasked, accuracy),
    by_reason: grouped(asked, ({ reason_code }) => reason_code).map(([reason_code, tasks]) => ({ reason_code, ...asking(tasks) })),
    by_task_type: grouped(asked, ({ task_type }) => task_type).map(([task_type, tasks]) => ({ task_type, ...asking(tasks) })),
  };
}

function asking(tasks: readonly AskedTask[]): Asking {
  const unnecessary = tasks.filter(({ escalation }) => escalation.verdict === 'unnecessary');
  // Too late, or of the wrong person: it was to be asked all the same.
  const necessary = tasks.filter(({ escalation: { verdict } }) => verdict !== 'unnecessary' && verdict !== 'unknown');
  const [followed, edited, overridden] = (['followed', 'followed_with_edits', 'overridden'] as const).map((verdict) =>
    tasks.filter(({ recommendation }) => recommendation.verdict === verdict),
  ) as [AskedTask[], AskedTask[], AskedTask[]]; // as many as the words
  const distances = edited.flatMap(({ recommendation }) => recommendation.edit_distance ?? []);
  return {
    asked: tasks.length,
    precision: { rate: share(weightOf(necessary), weightOf(unnecessary)), necessary: ids(necessary), unnecessary: ids(unnecessary) },
    acceptance: {
      rate: share(followed.length + edited.length, overridden.length),
      followed: ids(followed),
      followed_with_edits: ids(edited),
      overridden: ids(overridden),
    },
    edit_distance: { mean: distances.length === 0 ? null : sum(distances) / distances.length, handoffs: ids(edited) },
  };
}

function missedAmong(unasked: readonly UnaskedTask[], accuracy: number): Missed {
  const of = (isMissed: boolean) =>
    unasked.flatMap(({ handoff_id, is_missed }) => (is_missed === isMissed && handoff_id ? [handoff_id] : []));
  const tasks = unasked.map(({ propensity, is_missed }) => ({ propensity, isMissed: is_missed }));
  const estimate = missedEscalations(tasks, accuracy);
  return { estimate, alone: unasked.length, missed: of(true), fine: of(false) };
}

/** Those with the most first. */
function grouped<Key, Task>(tasks: readonly Task[], keyOf: (task: Task) => Key): readonly (readonly [Key, readonly Task[]])[] {
  const groups = new Map<Key, Task[]>();
  for (const task of tasks) {
    const group = groups.get(keyOf(task));
    if (group) group.push(task);
    else groups.set(keyOf(task), [task]);
  }
  return [...groups].toSorted(([, one], [, other]) => other.length - one.length);
}

const weightOf = (tasks: readonly AskedTask[]): number => sum(tasks.map(({ escalation }) => escalation.weight));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);
const share = (part: number, rest: number): number | null => (part + rest === 0 ? null : part / (part + rest));
const ids = (tasks: readonly AskedTask[]): readonly HandoffId[] => tasks.map(({ handoff_id }) => handoff_id);
