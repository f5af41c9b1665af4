import 'reflect-metadata';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { AgentId, QuestionId, TaskId } from '../ids.js';
import { days } from '../units.js';
import { IsInstant } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';
import { MOST_ANSWER_CHARACTERS } from './handoff-moves.js';

export const REPLIED = ['answer', 'stopped', 'already_done'] as const;
export type Replied = (typeof REPLIED)[number];

/** An agent's valid reply to what it was asked. */
export class HandoffReplied extends HandoffEvent {
  @IsIn(REPLIED) readonly event!: Replied;
  @IsString() readonly agent_id!: AgentId;
  @IsString() readonly task_id!: TaskId;
  /** With `answer`. */
  @IsOptional() @IsUUID() readonly question_id!: QuestionId | null;
  @IsString() @MaxLength(MOST_ANSWER_CHARACTERS) readonly text!: string;
  @IsInstant() readonly replied_at!: string;
}

export const handoffReplied = defineTopic({
  topic: 'handoff.replied',
  type: 'handoff.replied.v1',
  payload: HandoffReplied,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'intake',
  about: 'An agent’s reply to a question or to a recall.',
});
