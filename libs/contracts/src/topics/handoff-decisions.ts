import 'reflect-metadata';
import { IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID } from 'class-validator';
import type { AgentId, DecisionId, HandoffId, PersonId, TaskId } from '../ids.js';
import type { Json } from '../json.js';
import { Action, MAX_RESUME_BYTES } from '../packet/packet-parts.js';
import {
  ASKING_VERDICTS,
  CHANNELS,
  DECISION_TYPES,
  END_TYPES,
  KINDS,
  SLA_CLASSES,
  URGENCIES,
  type AskingVerdict,
  type Channel,
  type DecisionType,
  type EndType,
  type Kind,
  type SlaClass,
  type Urgency,
} from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant, MaxJsonBytes, Nested, NestedList } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

export class Decider {
  @IsString() readonly subject!: PersonId;
  @IsInt() readonly level!: number;
  @IsIn(CHANNELS) readonly channel!: Channel;
}

export class DecisionSla {
  @IsIn(SLA_CLASSES) readonly class!: SlaClass;
  @IsInstant() readonly due_at!: string;
  @IsBoolean() readonly met!: boolean;
}

/** The public answer, once per handoff: enough to resume an agent and to feed a downstream system. */
export class HandoffDecision extends HandoffEvent {
  @IsUUID() readonly decision_id!: DecisionId;
  @IsIn(KINDS) readonly kind!: Kind;
  @IsString() readonly task_id!: TaskId;
  @IsString() readonly agent_id!: AgentId;
  /** With `taken`: the agent that has the task from here on. */
  @IsOptional() @IsString() readonly taken_by?: AgentId | null;
  /** What a person decided, or how the handoff ended without one. */
  @IsIn([...DECISION_TYPES, ...END_TYPES]) readonly type!: DecisionType | EndType;
  /** The effective action: as recommended, or as edited; null where nothing is to be done. */
  @IsOptional() @Nested(() => Action) readonly action!: Action | null;
  /** JSON Pointers into this decision: masked leaves, which are as the agent sent them. `restoreSecrets` puts them back. */
  @IsOptional() @IsArray() @IsString({ each: true }) readonly unchanged?: readonly string[];
  /** SHA-256 of the effective action, null where there is none: of an approved one as the agent sent it, of an edited one as it is here. */
  @IsOptional() @IsString() readonly action_digest!: string | null;
  @IsOptional() @IsString() readonly message!: string | null;
  /** Empty where no person decided. */
  @NestedList(() => Decider) readonly decided_by!: readonly Decider[];
  /** By the database's clock, read once the row's lock was held. */
  @IsInstant() readonly decided_at!: string;
  @IsIn(URGENCIES) readonly urgency!: Urgency;
  /** Null where the handoff ended before anybody was asked. */
  @IsOptional() @Nested(() => DecisionSla) readonly sla!: DecisionSla | null;
  /** The person's answer to "should the agent have handled this itself?". */
  @IsOptional() @IsIn(ASKING_VERDICTS) readonly asking_was!: AskingVerdict | null;
  /** The packet's own value, unchanged. */
  @IsOptional() @MaxJsonBytes(MAX_RESUME_BYTES) readonly resume!: Json;
  /** An earlier decision whose answer this one is; nothing is to be done twice. */
  @IsOptional() @IsUUID() readonly repeats!: DecisionId | null;
  @IsOptional() @IsUUID() readonly duplicate_of!: HandoffId | null;
}

export const handoffDecisions = defineTopic({
  topic: 'handoff.decisions',
  type: 'handoff.decisions.v1',
  payload: HandoffDecision,
  key: 'handoff_id',
  retention: days(30),
  writtenBy: 'notifier',
  readOutside: ['agents', 'downstream systems'],
  about: 'The public answer, once per handoff.',
});
