import 'reflect-metadata';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
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
import type { AgentId, HandoffId } from '../ids.js';
import type { Json, JsonObject } from '../json.js';
import { KIB } from '../units.js';
import { IsInstant, MaxJsonBytes, NestedList } from '../wire/constraints.js';
import { REASON_CODES, type ReasonCode } from './words.js';

const ID = 256;
export const MAX_NAME_CHARACTERS = ID;
const LINE = 1 * KIB;
const TEXT = 64 * KIB;
const STATE = 192 * KIB;
const FREE_JSON = 128 * KIB;
export const MAX_RESUME_BYTES = 16 * KIB;

export const STEP_STATUSES = ['done', 'failed', 'skipped', 'in_progress'] as const;

/** One thing the agent did. Keys of the agent's own are kept in `extra`. */
export class Step {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly id!: string;
  @IsString() @MaxLength(LINE) readonly action!: string;
  @IsOptional() @MaxJsonBytes(FREE_JSON) readonly args?: Json;
  @IsIn(STEP_STATUSES) readonly status!: (typeof STEP_STATUSES)[number];
  @IsString() @MaxLength(TEXT) readonly summary!: string;
  @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) @MaxLength(2 * KIB, { each: true }) readonly evidence!: readonly string[];
  @IsOptional() @IsInstant() readonly at?: string | null;
  @IsOptional() @IsObject() @MaxJsonBytes(FREE_JSON) readonly extra?: JsonObject;
}

/** Something that was tried and did not settle it. */
export class Attempt {
  @IsString() @MaxLength(TEXT) readonly action!: string;
  @IsOptional() @IsString() @MaxLength(TEXT) readonly outcome?: string;
  @IsOptional() @IsString() @MaxLength(TEXT) readonly why?: string;
  @IsOptional() @IsInstant() readonly at?: string;
}

export class Reason {
  @IsIn(REASON_CODES) readonly code!: ReasonCode;
  @IsString() @MaxLength(TEXT) readonly text!: string;
  @IsOptional() @MaxJsonBytes(LINE) readonly limit?: Json;
  @IsOptional() @MaxJsonBytes(LINE) readonly observed?: Json;
}

/** `tool_call`: `name` with `args`. `text`: words only, in `args.text`. `none`: the agent recommends nothing. */
export const ACTION_KINDS = ['tool_call', 'text', 'none'] as const;

/** What would be done; the part of a recommendation that is digested, edited and executed. */
export class Action {
  @IsIn(ACTION_KINDS) readonly kind!: (typeof ACTION_KINDS)[number];
  @IsString() @MaxLength(ID) readonly name!: string;
  @IsObject() @MaxJsonBytes(FREE_JSON) readonly args!: JsonObject;
}

export class Recommendation extends Action {
  @IsString() @MaxLength(TEXT) readonly rationale!: string;
  @NestedList(() => Action, 20) readonly alternatives!: readonly Action[];
}

/** Shown to people, never fetched. `url` may be any URI, a URN included. */
export class DataLink {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly id!: string;
  @IsString() @MaxLength(LINE) readonly title!: string;
  @IsString() @MaxLength(2 * KIB) readonly url!: string;
  @IsOptional() @IsString() @MaxLength(64) readonly sha256?: string;
  @IsOptional() @IsString() @MaxLength(64) readonly classification?: string;
}

export class Confidence {
  @IsNumber() @Min(0) @Max(1) readonly value!: number;
  @IsOptional() @IsString() @MaxLength(ID) readonly source?: string;
}

export class Authority {
  @IsOptional() @IsString() @MaxLength(ID) readonly policy_id?: string;
  @IsOptional() @IsNumber() readonly limit?: number;
  @IsOptional() @IsNumber() readonly requested?: number;
  @IsOptional() @IsString() @MaxLength(64) readonly unit?: string;
}

export class Agent {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly id!: AgentId;
  @IsOptional() @IsString() @MaxLength(ID) readonly version?: string;
  @IsOptional() @IsString() @MaxLength(ID) readonly model?: string;
}

export class Parent {
  @IsOptional() @IsString() @MaxLength(ID) readonly task_id?: string;
  @IsOptional() @IsUUID() readonly handoff_id?: HandoffId;
}

/** Where the work stands: words, and whatever structure the agent keeps beside them. */
export class CurrentState {
  @IsString() @MaxLength(STATE) readonly text!: string;
  @IsOptional() @MaxJsonBytes(STATE) readonly value?: Json;
}
