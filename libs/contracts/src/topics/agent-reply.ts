import { IsIn, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { AgentId, HandoffId, OfferId, QuestionId, TaskId } from '../ids.js';
import type { JsonObject } from '../json.js';
import { MOST_DECISIONS_TOLD, OwnDecision } from '../packet/account.js';
import { Amount } from '../packet/authority.js';
import { DeliveredWork } from '../packet/delegation.js';
import { Nested, NestedList } from '../wire/constraints.js';
import { MOST_ANSWER_CHARACTERS } from './handoff-moves.js';

/**
 * `stopped` and `already_done` answer a recall, which comes after the decision, so they name the handoff itself. The last five are of whoever
 * a task was offered to, and name the offer.
 */
export const REPLY_TYPES = [
  ...(['withdraw', 'add_context', 'answer', 'stopped', 'already_done'] as const),
  ...(['accept', 'refuse', 'progress', 'ask', 'deliver'] as const),
] as const;

/** What an agent writes to `handoff.replies`; it names the handoff, or its task where that has one open handoff. */
export class AgentReply {
  @IsIn(REPLY_TYPES) readonly reply!: (typeof REPLY_TYPES)[number];
  @IsOptional() @IsUUID() readonly handoff_id?: HandoffId;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(256) readonly task_id?: TaskId;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(256) readonly agent_id?: AgentId;
  @IsOptional() @IsString() @MaxLength(4096) readonly reason?: string;
  /** With `add_context`: packet fields that replace those of the version before. */
  @IsOptional() @IsObject() readonly context?: JsonObject;
  /** With `answer`: which question, as `handoff.assignments` names it. */
  @IsOptional() @IsUUID() readonly question_id?: QuestionId;
  /** With `accept`, `refuse`, `progress`, `ask` and `deliver`: which offer, as `handoff.assignments` names it. */
  @IsOptional() @IsUUID() readonly offer_id?: OfferId;
  /** With `deliver`: what was made. */
  @IsOptional() @Nested(() => DeliveredWork) readonly delivery?: DeliveredWork;
  /** With `progress` and `deliver`: what it has spent since the task is its own, all in all, in the budget's unit. */
  @IsOptional() @Nested(() => Amount) readonly spent?: Amount;
  /** With `progress` and `deliver`: what it decided by itself; one that was told before may be told again. */
  @IsOptional() @NestedList(() => OwnDecision, MOST_DECISIONS_TOLD) readonly decisions?: readonly OwnDecision[];
  /** With `answer` the answer itself, with `ask` the question; else what there is to say about it. */
  @IsOptional() @IsString() @MaxLength(MOST_ANSWER_CHARACTERS) readonly text?: string;
}
