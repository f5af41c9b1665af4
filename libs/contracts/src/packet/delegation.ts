import 'reflect-metadata';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { AgentId, OfferId, PersonId, TaskId } from '../ids.js';
import type { Json, JsonObject } from '../json.js';
import { AuthorityLimit } from '../topics/handoff-directory.js';
import { Assignee } from '../topics/handoff-moves.js';
import { KIB } from '../units.js';
import { IsInstant, MaxJsonBytes, Nested, NestedList } from '../wire/constraints.js';
import { Account } from './account.js';
import { Authority, CurrentState, DataLink, Parent } from './packet-parts.js';
import { URGENCIES, type Urgency } from './words.js';

const ID = 256;
const LINE = 4 * KIB;
const TEXT = 64 * KIB;
const SCHEMA = 32 * KIB;
/** It goes on as an argument of what is approved, which has a bound of its own. */
export const MAX_OUTPUT_BYTES = 120 * KIB;
/** How often a delivery may be sent back where the delegation does not say. */
export const DEFAULT_ROUNDS = 3;

/** What the work is judged by. Without a way to check it nobody could say that it is met. */
export class Criterion {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly id!: string;
  @IsString() @IsNotEmpty() @MaxLength(LINE) readonly text!: string;
  /** How it is seen that it is met: a command, a measure, what to look at. */
  @IsString() @IsNotEmpty() @MaxLength(LINE) readonly check!: string;
}

export const CONSTRAINT_KINDS = ['must', 'must_not'] as const;

export class Constraint {
  @IsIn(CONSTRAINT_KINDS) readonly kind!: (typeof CONSTRAINT_KINDS)[number];
  @IsString() @IsNotEmpty() @MaxLength(LINE) readonly text!: string;
}

/** The template that a delegation was made from, and what was filled in. */
export class TemplateUse {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly id!: string;
  @IsInt() @Min(1) readonly version!: number;
  @IsObject() @MaxJsonBytes(64 * KIB) readonly inputs!: JsonObject;
}

/** Who shall do it: an agent by its name, or whoever has the capability; where neither is named, a person looks for somebody. */
export class AgentTarget {
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly agent_id?: AgentId;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly capability?: string;
  /** The oldest version of an agent that will do; numbers in it count as numbers, so that 2.9 is before 2.10. An agent that says no version will not. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly min_version?: string;
}

/** What the agent may decide by itself, and what it has to ask about. */
export class DecisionRights {
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @MaxLength(LINE, { each: true }) readonly may?: readonly string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(LINE, { each: true })
  readonly must_ask?: readonly string[];
  /** By the largest amount of each unit; in a unit that is not named, nothing. */
  @IsOptional() @NestedList(() => AuthorityLimit, 20) readonly authority?: readonly AuthorityLimit[];
}

export class Budget {
  @IsNumber() @Min(0) readonly limit!: number;
  /** `EUR`, `tokens`, `minutes`. */
  @IsString() @IsNotEmpty() @MaxLength(64) readonly unit!: string;
}

/** What a task is judged by and bound to: of one delegation, or of all that are made from a template. */
export class TaskTerms {
  @NestedList(() => Criterion, 50) @ArrayNotEmpty() readonly success_criteria!: readonly Criterion[];
  @NestedList(() => Constraint, 100) readonly constraints!: readonly Constraint[];
  @IsOptional() @Nested(() => DecisionRights) readonly decision_rights?: DecisionRights;
  /** When the agent shall ask instead of going on. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(LINE, { each: true })
  readonly escalate_when?: readonly string[];
  /** JSON Schema that the delivered output must satisfy. */
  @IsOptional() @IsObject() @MaxJsonBytes(SCHEMA) readonly output_schema?: JsonObject;
}

/** What a delegation says beside the words that every packet has. */
export class DelegationTerms extends TaskTerms {
  @IsOptional() @Nested(() => TemplateUse) readonly template?: TemplateUse;
  @IsOptional() @Nested(() => AgentTarget) readonly agent_target?: AgentTarget;
  @IsOptional() @Nested(() => Budget) readonly budget?: Budget;
  @IsOptional() @IsInstant() readonly due_by?: string;
  /** Who sees the delivery; whoever delegated it where that is a person of the directory, else whom the policy asks. */
  @IsOptional() @Nested(() => Assignee) readonly reviewer?: Assignee;
  /** How often a delivery may be sent back before people have to end it. */
  @IsOptional() @IsInt() @Min(1) @Max(20) readonly max_rounds?: number;
}

/** Whether one criterion is met, as whoever delivers says. */
export class CriterionResult {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly criterion_id!: string;
  @IsBoolean() readonly met!: boolean;
  @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) @MaxLength(2 * KIB, { each: true }) readonly evidence!: readonly string[];
  @IsOptional() @IsString() @MaxLength(LINE) readonly note?: string;
}

/** What an agent hands in: what was made, and what each criterion came to. */
export class DeliveredWork {
  @IsString() @IsNotEmpty() @MaxLength(TEXT) readonly summary!: string;
  @IsOptional() @MaxJsonBytes(MAX_OUTPUT_BYTES) readonly output?: Json;
  @NestedList(() => CriterionResult, 50) readonly criteria!: readonly CriterionResult[];
}

/** A delivery as the packet carries it. */
export class Delivery extends DeliveredWork {
  /** From 1; one more each time that it was sent back. */
  @IsInt() @Min(1) readonly round!: number;
  @IsString() readonly agent_id!: AgentId;
  @IsUUID() readonly offer_id!: OfferId;
  @IsInstant() readonly delivered_at!: string;
}

/** The part of a packet that only a delegation has; its goal is the packet's `original_request`, its context the `current_state`. */
export class Delegation extends DelegationTerms {
  /** Who gave the task, as far as is known. */
  @IsOptional() @IsString() @MaxLength(ID) readonly delegated_by?: PersonId;
  /** The newest; left out until something is delivered. */
  @IsOptional() @Nested(() => Delivery) readonly delivery?: Delivery;
  /** As it stood with the newest delivery; left out until then. */
  @IsOptional() @Nested(() => Account) readonly account?: Account;
}

/** A delegation as people and their systems write it. Plain strings stand for criteria, constraints, context, agent and reviewer. */
export class SentDelegation extends DelegationTerms {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly task_id!: TaskId;
  @IsString() @IsNotEmpty() @MaxLength(TEXT) readonly goal!: string;
  @Nested(() => CurrentState) readonly context!: CurrentState;
  @IsIn(URGENCIES) readonly urgency!: Urgency;
  @NestedList(() => DataLink, 200) readonly data_links!: readonly DataLink[];
  /** Who gives the task; over HTTP it is whoever is signed in, whatever stands here. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly delegated_by?: PersonId;
  @IsOptional() @Nested(() => Authority) readonly authority?: Authority;
  @IsOptional() @Nested(() => Parent) readonly parent?: Parent;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly idempotency_key?: string;
  @IsOptional() @IsInstant() readonly expires_at?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) @MaxLength(64, { each: true }) readonly tags?: readonly string[];
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly metadata?: JsonObject;
  /** Fields that this release does not know, kept and shown. */
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly extra?: JsonObject;
}
