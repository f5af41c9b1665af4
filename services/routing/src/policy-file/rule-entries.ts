import 'reflect-metadata';
import {
  KINDS,
  Nested,
  NestedList,
  PUSH_CHANNELS,
  REASON_CODES,
  URGENCIES,
  type AgentId,
  type Kind,
  type PersonId,
  type PushChannel,
  type ReasonCode,
  type TeamId,
  type TenantId,
  type Urgency,
} from '@handoff/contracts';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IF_NOT_TAKEN, type IfNotTaken } from '../domain/policy.js';
import { IsDuration } from './duration.js';
import { IsId } from './is-id.js';
import { MOST_MEMBERS } from './people-entries.js';

/** Each is a name in a routing, which stays near 1 KiB. */
const MOST_LEVELS = 8;

export class AmountEntry {
  @IsString() @IsNotEmpty() @MaxLength(64) readonly unit!: string;
  @IsOptional() @IsNumber() @Min(0) readonly over?: number;
  @IsOptional() @IsNumber() @Min(0) readonly up_to?: number;
}

/** Each a value or a list of them, beside `amount`; a single value has become a list of one before this is judged. */
export class MatchEntry {
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) readonly tenant?: readonly TenantId[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsIn(KINDS, { each: true }) readonly kind?: readonly Kind[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsIn(URGENCIES, { each: true }) readonly urgency?: readonly Urgency[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsIn(REASON_CODES, { each: true }) readonly reason_code?: readonly ReasonCode[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) readonly agent?: readonly AgentId[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @IsString({ each: true }) readonly tags?: readonly string[];
  @IsOptional() @Nested(() => AmountEntry) readonly amount?: AmountEntry;
}

export class SkipEntry extends MatchEntry {
  /** A calendar's id. */
  @IsOptional() @IsString() readonly off_hours?: string;
}

/** Who of a team is asked. */
export class TargetEntry {
  @IsString() readonly team!: TeamId;
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_MEMBERS) @IsString({ each: true }) readonly people?: readonly PersonId[];
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(10) @IsString({ each: true }) readonly skills?: readonly string[];
  @IsOptional() @IsInt() @Min(1) @Max(MOST_MEMBERS) readonly ask?: number;
}

export const AT_END = ['hold_and_page', 'reject', 'approve'] as const;

/** A single word has become its `do` before this is judged. */
export class AtEndEntry {
  @IsIn(AT_END) readonly do!: (typeof AT_END)[number];
  /** With `approve`: the names of the actions that can be undone. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @IsString({ each: true }) readonly actions?: readonly string[];
}

export class RungEntry {
  @IsIn(PUSH_CHANNELS) readonly channel!: PushChannel;
  @IsDuration(0) readonly after!: number | string;
  @IsOptional() @IsBoolean() readonly mandatory?: boolean;
}

export class LevelEntry {
  @IsString() @IsNotEmpty() @MaxLength(40) readonly name!: string;
  @Nested(() => TargetEntry) readonly target!: TargetEntry;
  @IsOptional() @Nested(() => SkipEntry) readonly skip_if?: SkipEntry;
  @IsOptional() @IsDuration(1) readonly decide_within?: number | string;
  @IsOptional() @IsDuration(1) readonly ack_within?: number | string;
  @IsOptional() @IsInt() @Min(1) @Max(MOST_MEMBERS) readonly answers_needed?: number;
  @IsOptional() @ArrayMinSize(1) @NestedList(() => RungEntry, 6) readonly ladder?: readonly RungEntry[];
  @IsOptional() @IsInt() @Min(0) @Max(100) readonly repeat?: number;
}

export class RuleEntry {
  @IsId() readonly id!: string;
  @Nested(() => MatchEntry) readonly match!: MatchEntry;
  @ArrayMinSize(1) @NestedList(() => LevelEntry, MOST_LEVELS) readonly levels!: readonly LevelEntry[];
  @IsOptional() @Nested(() => AtEndEntry) readonly at_end?: AtEndEntry;
  @IsOptional() @IsBoolean() readonly earlier_may_answer?: boolean;
  @IsOptional() @IsIn(IF_NOT_TAKEN) readonly if_not_taken?: IfNotTaken;
}
