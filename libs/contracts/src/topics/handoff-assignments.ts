import 'reflect-metadata';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { AgentId, DecisionId, OfferId, PersonId, QuestionId, TaskId } from '../ids.js';
import { KINDS, type Kind } from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant, Nested, NestedList } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';
import { CriterionChange, TermWarning, MOST_ANSWER_CHARACTERS, MOST_CHANGES } from './handoff-moves.js';

/**
 * `question`: a person wants to know something before deciding; the agent replies `answer`. `recall`: what was decided is to be stopped;
 * it replies `stopped` or `already_done`. `handed_back`: a person who had taken the task over gives it back, with the work done.
 * `offered`: a task that it may take or refuse by `due_by`. `confirmed`: the task is its own; only now it starts, and says that it is at it
 * by each `due_by`. `lapsed`: the offer or the task is not its own any more. `answer`: a person's, to what it asked. `changes_requested`: the
 * delivery came back, and the task is its own again. `warning`: its time or budget is nearly or wholly used up, or it decided what it may not
 * decide alone; the task is its own all the same. `cancelled`: the task has ended.
 */
export const ASSIGNMENTS = [
  ...(['question', 'recall', 'handed_back'] as const),
  ...(['offered', 'confirmed', 'lapsed', 'answer', 'changes_requested', 'warning', 'cancelled'] as const),
] as const;
export type AssignmentEvent = (typeof ASSIGNMENTS)[number];

/** What routing says of an offer; the others are notifier's. */
export const OFFER_EVENTS = [
  'offered',
  'confirmed',
  'lapsed',
  'changes_requested',
  'cancelled',
] as const satisfies readonly AssignmentEvent[];

/** What an agent must act on. */
export class HandoffAssignment extends HandoffEvent {
  @IsIn(ASSIGNMENTS) readonly event!: AssignmentEvent;
  @IsString() readonly agent_id!: AgentId;
  @IsString() readonly task_id!: TaskId;
  /** Null where no person did. */
  @IsOptional() @IsString() readonly asked_by!: PersonId | null;
  @IsInstant() readonly asked_at!: string;
  /** The question, the reason, or the work done, in the person's words. */
  @IsString() @MaxLength(MOST_ANSWER_CHARACTERS) readonly text!: string;
  /** With `question`: what the answer names; with `answer`: what the agent asked. */
  @IsOptional() @IsUUID() readonly question_id!: QuestionId | null;
  /** With `recall` and `handed_back`. */
  @IsOptional() @IsUUID() readonly decision_id!: DecisionId | null;
  /** With what is about a task that was offered; every reply to it names it. */
  @IsOptional() @IsUUID() readonly offer_id?: OfferId | null;
  @IsOptional() @IsIn(KINDS) readonly kind?: Kind | null;
  /** With `offered`, `confirmed` and `changes_requested`: until when to reply, or to say that it goes on. */
  @IsOptional() @IsInstant() readonly due_by?: string | null;
  /** With `changes_requested`: by criterion. */
  @IsOptional() @NestedList(() => CriterionChange, MOST_CHANGES) readonly changes?: readonly CriterionChange[] | null;
  /** With `warning`. */
  @IsOptional() @Nested(() => TermWarning) readonly warning?: TermWarning | null;
}

export const handoffAssignments = defineTopic({
  topic: 'handoff.assignments',
  type: 'handoff.assignments.v1',
  payload: HandoffAssignment,
  key: 'agent_id',
  retention: days(7),
  writtenBy: ['notifier', 'routing'],
  readOutside: ['agents'],
  about:
    'What an agent must act on: a question, a recall, a task that is offered, confirmed, lapsed, sent back, answered or cancelled, or comes to the end of its terms.',
});
