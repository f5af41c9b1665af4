import 'reflect-metadata';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { AgentId, OfferId, QuestionId, TaskId } from '../ids.js';
import { JudgedDecision, MOST_DECISIONS_TOLD, Spent } from '../packet/account.js';
import { days } from '../units.js';
import { IsInstant, Nested, NestedList } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';
import { MOST_ANSWER_CHARACTERS } from './handoff-moves.js';

/**
 * `answer`, `stopped`, `already_done`: to what people asked about the agent's own handoff. `accept` and `refuse` answer an offer; while a
 * task is held, `progress` says how it goes, or only that the agent is at it, and `ask` asks a person. What is delivered is on `handoff.accepted`.
 */
export const REPLIED = ['answer', 'stopped', 'already_done', 'accept', 'refuse', 'progress', 'ask'] as const;
export type Replied = (typeof REPLIED)[number];

/** An agent's valid reply to what it was asked. */
export class HandoffReplied extends HandoffEvent {
  @IsIn(REPLIED) readonly event!: Replied;
  @IsString() readonly agent_id!: AgentId;
  @IsString() readonly task_id!: TaskId;
  /** With `answer`, and with `ask`: of the agent's own question. */
  @IsOptional() @IsUUID() readonly question_id!: QuestionId | null;
  /** With `accept`, `refuse`, `progress` and `ask`. */
  @IsOptional() @IsUUID() readonly offer_id?: OfferId | null;
  @IsString() @MaxLength(MOST_ANSWER_CHARACTERS) readonly text!: string;
  /** With `progress`, where the agent said so. */
  @IsOptional() @Nested(() => Spent) readonly spent?: Spent | null;
  /** With `progress`: what it had not told before. */
  @IsOptional() @NestedList(() => JudgedDecision, MOST_DECISIONS_TOLD) readonly decisions?: readonly JudgedDecision[] | null;
  @IsInstant() readonly replied_at!: string;
}

export const handoffReplied = defineTopic({
  topic: 'handoff.replied',
  type: 'handoff.replied.v1',
  payload: HandoffReplied,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'intake',
  readOutside: ['agents'],
  about: 'An agent’s reply to a question, a recall or an offer, and what it says while it holds a task.',
});
