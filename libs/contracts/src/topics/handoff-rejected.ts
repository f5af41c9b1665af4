import 'reflect-metadata';
import { IsArray, IsInt, IsOptional, IsString, Min } from 'class-validator';
import type { Fault } from '../errors.js';
import type { TaskId, TenantId } from '../ids.js';
import { days, type Seconds } from '../units.js';
import { IsInstant, Nested } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';

/** Where on Kafka a record was; offset in decimal. */
export class RecordPosition {
  @IsString() readonly topic!: string;
  @IsInt() readonly partition!: number;
  @IsString() readonly offset!: string;
}

/** A record of an agent that was not taken, with everything that is wrong with it. Its bytes stay with the service that refused it. */
export class HandoffRejected {
  @IsString() readonly tenant!: TenantId;
  /** UUID; derived from the record's position, so that a redelivery is the same rejection. */
  @IsString() readonly rejection_id!: string;
  @IsOptional() @IsString() readonly task_id!: TaskId | null;
  @IsOptional() @IsString() readonly agent_id!: string | null;
  @Nested(() => RecordPosition) readonly record!: RecordPosition;
  @IsArray() readonly errors!: readonly Fault[];
  /** Where nothing is wrong with the record but that its agent asks too much: seconds after which it may be sent again. */
  @IsOptional() @IsInt() @Min(1) readonly retry_after?: Seconds | null;
  @IsInstant() readonly rejected_at!: string;
}

export const handoffRejected = defineTopic({
  topic: 'handoff.rejected',
  type: 'handoff.rejected.v1',
  payload: HandoffRejected,
  key: 'task_id',
  retention: days(7),
  writtenBy: ['intake', 'feedback'],
  readOutside: ['agents'],
  about: 'An invalid record: every error, with path and stable code.',
});
