import 'reflect-metadata';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { AgentId, DecisionId, PersonId, QuestionId, TaskId } from '../ids.js';
import { days } from '../units.js';
import { IsInstant } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';
import { MOST_NOTE_CHARACTERS } from './handoff-moves.js';

/**
 * `question`: a person wants to know something before deciding; the agent replies `answer`. `recall`: what was decided is to be stopped;
 * it replies `stopped` or `already_done`. `handed_back`: a person who had taken the task over gives it back, with the work done.
 */
export const ASSIGNMENTS = ['question', 'recall', 'handed_back'] as const;
export type AssignmentEvent = (typeof ASSIGNMENTS)[number];

/** What an agent must act on. */
export class HandoffAssignment extends HandoffEvent {
  @IsIn(ASSIGNMENTS) readonly event!: AssignmentEvent;
  @IsString() readonly agent_id!: AgentId;
  @IsString() readonly task_id!: TaskId;
  @IsString() readonly asked_by!: PersonId;
  @IsInstant() readonly asked_at!: string;
  /** The question, the reason, or the work done, in the person's words. */
  @IsString() @MaxLength(MOST_NOTE_CHARACTERS) readonly text!: string;
  /** With `question`: what the answer names. */
  @IsOptional() @IsUUID() readonly question_id!: QuestionId | null;
  /** With `recall` and `handed_back`. */
  @IsOptional() @IsUUID() readonly decision_id!: DecisionId | null;
}

export const handoffAssignments = defineTopic({
  topic: 'handoff.assignments',
  type: 'handoff.assignments.v1',
  payload: HandoffAssignment,
  key: 'agent_id',
  retention: days(7),
  writtenBy: 'notifier',
  about: 'What an agent must act on: a question about its handoff, a recall of what was decided, a task handed back.',
});
