import type { Json, JsonObject, Urgency } from '@handoff/contracts';
import type { Template } from '../api/use-delegations.js';
import { fillIn } from './fill-in.js';

/** What a task is judged by, as it is written down. */
export interface CriterionDraft {
  /** The template's; what is written down beside those is called by its place. */
  readonly id?: string;
  readonly text: string;
  readonly check: string;
}

export interface ConstraintDraft {
  readonly kind: 'must' | 'must_not';
  readonly text: string;
}

export type TargetKind = 'capability' | 'agent_id' | 'nobody';

export interface Target {
  readonly kind: TargetKind;
  readonly name: string;
}

/** A task that is being written down. */
export interface Draft {
  readonly taskId: string;
  readonly inputs: JsonObject;
  /** Null, here and below: as the template says it. */
  readonly goal: string | null;
  readonly criteria: readonly CriterionDraft[] | null;
  readonly constraints: readonly ConstraintDraft[] | null;
  readonly context: string;
  readonly target: Target | null;
  readonly urgency: Urgency | null;
  /** RFC 3339; empty for none. */
  readonly dueBy: string;
  /** `person:ana` or `team:support`; empty for whoever gives the task. */
  readonly reviewer: string;
}

/** What stands in the fields: one's own words, else the template's with what was filled in. */
export type Shown = Readonly<{ [Field in 'goal' | 'criteria' | 'constraints' | 'target' | 'urgency']: NonNullable<Draft[Field]> }>;

const NO_CRITERION: CriterionDraft = { text: '', check: '' };

export const emptyDraft = (taskId: string, template: Template | null): Draft => ({
  taskId,
  inputs: template ? defaultsIn(template.inputs) : {},
  goal: null,
  criteria: null,
  constraints: null,
  context: '',
  target: null,
  urgency: null,
  dueBy: '',
  reviewer: '',
});

export function shownOf({ inputs, goal, criteria, constraints, target, urgency }: Draft, template: Template | null): Shown {
  const filled = (words: string) => fillIn(words, inputs);
  return {
    goal: goal ?? filled(template?.goal ?? ''),
    criteria: criteria ??
      template?.success_criteria.map(({ id, text, check }) => ({ id, text: filled(text), check: filled(check) })) ?? [NO_CRITERION],
    constraints: constraints ?? template?.constraints.map(({ kind, text }) => ({ kind, text: filled(text) })) ?? [],
    target: target ?? { kind: 'capability', name: template?.capability ?? '' },
    urgency: urgency ?? template?.urgency ?? 'medium',
  };
}

/** As intake takes it. What the template says is left to the template, where there is one. */
export function delegationOf(draft: Draft, template: Template | null): JsonObject {
  const shown = shownOf(draft, template);
  const { taskId, inputs, context, dueBy, reviewer } = draft;
  const own = <T>(value: T, isOwn: boolean): readonly T[] => (template === null || isOwn ? [value] : []);
  return {
    task_id: taskId,
    ...(template ? { template: { id: template.id, version: template.version, inputs } } : {}),
    ...named('goal', own(shown.goal, draft.goal !== null)),
    ...named('success_criteria', own(shown.criteria.map(criterionOf), draft.criteria !== null)),
    ...named(
      'constraints',
      own(
        shown.constraints.map(({ kind, text }) => ({ kind, text })),
        draft.constraints !== null,
      ),
    ),
    ...named('context', own(context, context.trim() !== '')),
    ...named('agent_target', own(targetOf(shown.target), draft.target !== null)),
    ...named('urgency', own(shown.urgency, draft.urgency !== null)),
    ...(dueBy === '' ? {} : { due_by: dueBy }),
    ...(reviewer === '' ? {} : { reviewer: reviewerOf(reviewer) }),
  };
}

const named = (name: string, [value]: readonly Json[]): JsonObject => (value === undefined ? {} : { [name]: value });

const criterionOf = ({ id, text, check }: CriterionDraft): JsonObject => ({ ...(id === undefined ? {} : { id }), text, check });

/** Nobody is said by an empty target: left out, it would be the template's. */
const targetOf = ({ kind, name }: Target): JsonObject => (kind === 'nobody' || name.trim() === '' ? {} : { [kind]: name.trim() });

function reviewerOf(reviewer: string): JsonObject {
  const [kind = '', ...id] = reviewer.split(':');
  return { kind, id: id.join(':') };
}

function defaultsIn({ properties = {} }: JsonObject): JsonObject {
  const entries = Object.entries(properties as Readonly<Record<string, JsonObject>>); // intake has read it as a schema
  return Object.fromEntries(entries.flatMap(([name, it]) => (it['default'] === undefined ? [] : [[name, it['default']]])));
}
