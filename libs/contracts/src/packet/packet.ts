import 'reflect-metadata';
import { ArrayMaxSize, IsArray, IsIn, IsNotEmpty, IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { HandoffId, PersonId, TaskId } from '../ids.js';
import type { Json, JsonObject } from '../json.js';
import { KIB } from '../units.js';
import { IsInstant, MaxJsonBytes, Nested, NestedList } from '../wire/constraints.js';
import { Delegation } from './delegation.js';
import {
  Agent,
  Attempt,
  Authority,
  Confidence,
  CurrentState,
  DataLink,
  MAX_RESUME_BYTES,
  Parent,
  Reason,
  Recommendation,
  Step,
} from './packet-parts.js';
import { Transfer } from './transfer.js';
import { DECISION_TYPES, URGENCIES, type DecisionType, type Urgency } from './words.js';

const ID = 256;
const TEXT = 64 * KIB;

/**
 * The context that travels with a handoff: the user's eight fields in their rich form, then what an agent may add.
 * Plain strings are brought into this form by `normalisePacket`; the bytes as they came stay with intake.
 */
export class Packet {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly task_id!: TaskId;
  @IsString() @IsNotEmpty() @MaxLength(TEXT) readonly original_request!: string;
  @NestedList(() => Step, 1000) readonly steps_completed!: readonly Step[];
  @Nested(() => CurrentState) readonly current_state!: CurrentState;
  @Nested(() => Reason) readonly reason_for_escalation!: Reason;
  @Nested(() => Recommendation) readonly recommended_action!: Recommendation;
  @IsIn(URGENCIES) readonly urgency!: Urgency;
  @NestedList(() => DataLink, 200) readonly data_links!: readonly DataLink[];

  @IsOptional() @NestedList(() => Attempt, 200) readonly attempts?: readonly Attempt[];
  @IsOptional() @Nested(() => Confidence) readonly confidence?: Confidence;
  @IsOptional() @Nested(() => Authority) readonly authority?: Authority;
  @IsOptional() @Nested(() => Agent) readonly agent?: Agent;
  /** Who wants the task done; may not decide it (four eyes). */
  @IsOptional() @IsString() @MaxLength(ID) readonly requested_by?: PersonId;
  /** Opaque to us, given back unchanged with the decision: a thread id, a run-state key. */
  @IsOptional() @MaxJsonBytes(MAX_RESUME_BYTES) readonly resume?: Json;
  /** Of an escalation: the delegation that its agent holds, and needs it for. Whatever else it names is a reference, and stands as it is. */
  @IsOptional() @Nested(() => Parent) readonly parent?: Parent;
  /** An earlier handoff of the same agent that this one takes the place of. */
  @IsOptional() @IsUUID() readonly supersedes?: HandoffId;
  @IsOptional() @IsArray() @ArrayMaxSize(5) @IsIn(DECISION_TYPES, { each: true }) readonly allowed_decisions?: readonly DecisionType[];
  /** JSON Schema that edited arguments must satisfy. */
  @IsOptional() @IsObject() @MaxJsonBytes(32 * KIB) readonly args_schema?: JsonObject;
  /** JSON Schema of a response; the desk makes a form of it, and what was filled in comes as JSON text in the decision's `message`. */
  @IsOptional() @IsObject() @MaxJsonBytes(32 * KIB) readonly response_schema?: JsonObject;
  @IsOptional() @IsArray() @ArrayMaxSize(50) @MaxJsonBytes(32 * KIB) readonly options?: readonly Json[];
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly idempotency_key?: string;
  @IsOptional() @IsInstant() readonly expires_at?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) @MaxLength(64, { each: true }) readonly tags?: readonly string[];
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly features?: JsonObject;
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly metadata?: JsonObject;
  /** What a delegation says beside all this; no agent sends it. */
  @IsOptional() @Nested(() => Delegation) readonly delegation?: Delegation;
  /** The same of a transfer. */
  @IsOptional() @Nested(() => Transfer) readonly transfer?: Transfer;
  /** Fields that this release does not know, kept and shown. */
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly extra?: JsonObject;
}
