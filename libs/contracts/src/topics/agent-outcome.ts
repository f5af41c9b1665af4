import { IsIn, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, Matches, MaxLength } from 'class-validator';
import type { AgentId, DecisionId, HandoffId, TaskId } from '../ids.js';
import type { JsonObject } from '../json.js';
import { KIB } from '../units.js';
import { IsInstant, MaxJsonBytes } from '../wire/constraints.js';

/** `reversed`: it was carried out, and had to be undone. `cancelled`: nobody wants it any more, so it says nothing about anybody's choice. */
export const TASK_RESULTS = ['succeeded', 'failed', 'reversed', 'cancelled'] as const;
export type TaskResult = (typeof TASK_RESULTS)[number];

/** What is written to `handoff.outcomes`; it names the decision or the handoff, or is about the newest one of its task, or of a task that had none. */
export class AgentOutcome {
  @IsString() @IsNotEmpty() @MaxLength(256) readonly task_id!: TaskId;
  @IsIn(TASK_RESULTS) readonly result!: TaskResult;
  /** Whose task it was; a downstream system takes it from the decision. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(256) readonly agent_id?: AgentId;
  @IsOptional() @IsUUID() readonly handoff_id?: HandoffId;
  @IsOptional() @IsUUID() readonly decision_id?: DecisionId;
  /** SHA-256 of the RFC 8785 form of what was carried out, as `action_digest` of a decision is of what was approved. */
  @IsOptional() @Matches(/^[0-9A-Fa-f]{64}$/) readonly executed_digest?: string;
  /** By whoever tells it. The same words again are the same outcome, so it is said where something happened anew. */
  @IsOptional() @IsInstant() readonly ended_at?: string;
  @IsOptional() @IsString() @MaxLength(4 * KIB) readonly text?: string;
  /** Of a task that was never escalated: what its agent had before it as it went on alone, in a packet's words; only `original_request` must be there. */
  @IsOptional() @IsObject() @MaxJsonBytes(256 * KIB) readonly packet?: JsonObject;
}
