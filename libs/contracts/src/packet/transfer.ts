import 'reflect-metadata';
import { ArrayMaxSize, IsArray, IsIn, IsNotEmpty, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import type { TaskId } from '../ids.js';
import type { Json, JsonObject } from '../json.js';
import { KIB } from '../units.js';
import { IsInstant, MaxJsonBytes, Nested, NestedList } from '../wire/constraints.js';
import { AgentTarget, Constraint, DecisionRights } from './delegation.js';
import { Agent, Authority, DataLink, MAX_RESUME_BYTES, Parent } from './packet-parts.js';
import { URGENCIES, type Urgency } from './words.js';

const ID = 256;
const LINE = 4 * KIB;
const TEXT = 64 * KIB;
const STATE = 192 * KIB;
const SHA256 = { message: '$property must be the 64 hex digits of a SHA-256' } as const;
const HEX_64 = /^[0-9a-f]{64}$/;

/** What has been found or made so far. */
export class TransferResult {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly id!: string;
  @IsString() @IsNotEmpty() @MaxLength(TEXT) readonly summary!: string;
  @IsOptional() @MaxJsonBytes(128 * KIB) readonly value?: Json;
}

/** Where a result comes from. */
export class Provenance {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly result_id!: string;
  /** A URL, a tool with its call, a person: what it can be checked against. */
  @IsString() @IsNotEmpty() @MaxLength(2 * KIB) readonly source!: string;
  @IsOptional() @IsString() @MaxLength(ID) readonly by?: string;
  @IsOptional() @IsInstant() readonly at?: string;
}

/** A file that goes along: inside, by its address, or `stored`, which is put under its checksum beforehand. Whoever gets it compares that. */
export class Artifact {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly name!: string;
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly media_type!: string;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(2 * KIB) readonly url?: string;
  /** Its bytes as base64. */
  @IsOptional() @IsString() @MaxLength(STATE) readonly data?: string;
  @IsOptional() @IsIn([true]) readonly stored?: true;
  @Matches(HEX_64, SHA256) readonly sha256!: string;
}

/** What the agent keeps while it works, in a form that another one can go on from. */
export class AccumulatedState {
  /** Name and major version of its form: `acme/refund-run/2`. */
  @Matches(/^.{1,240}\/[0-9]{1,9}$/, { message: '$property must be a name and a major version, such as acme/refund-run/2' })
  readonly schema_id!: string;
  @IsOptional() @MaxJsonBytes(STATE) readonly value?: Json;
  /** In place of `value`: it was put under its checksum beforehand, as it is too large for a packet. */
  @IsOptional() @IsIn([true]) readonly stored?: true;
  /** Of the RFC 8785 form of `value`, or of the bytes that are stored. */
  @IsOptional() @Matches(HEX_64, SHA256) readonly sha256?: string;
}

/** Something that was decided on the way and holds from here on. */
export class TakenDecision {
  @IsString() @IsNotEmpty() @MaxLength(LINE) readonly text!: string;
  @IsOptional() @IsString() @MaxLength(LINE) readonly why?: string;
  @IsOptional() @IsString() @MaxLength(ID) readonly by?: string;
  @IsOptional() @IsInstant() readonly at?: string;
}

/** What a transfer says beside the words that every packet has. */
export class TransferTerms {
  @Nested(() => Agent) readonly from!: Agent;
  @Nested(() => AgentTarget) readonly to!: AgentTarget;
  @IsOptional() @NestedList(() => Artifact, 100) readonly artifacts?: readonly Artifact[];
  /** What is still to be done, the next first. */
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(LINE, { each: true })
  readonly remaining!: readonly string[];
  @NestedList(() => TakenDecision, 200) readonly decisions!: readonly TakenDecision[];
  @NestedList(() => Provenance, 1000) readonly provenance!: readonly Provenance[];
  @NestedList(() => Constraint, 100) readonly constraints!: readonly Constraint[];
  /** What whoever takes it may decide; never more than the sender might. */
  @IsOptional() @Nested(() => DecisionRights) readonly decision_rights?: DecisionRights;
  /** Until when the first agent has to take it; each further one has as long as routing gives. */
  @IsOptional() @IsInstant() readonly ack_by?: string;
}

/** Of an accumulated state all but its value, which is the packet's `current_state.value`. */
export class StateForm {
  @IsString() readonly schema_id!: string;
  @IsOptional() @IsString() readonly sha256?: string;
  @IsOptional() @IsIn([true]) readonly stored?: true;
}

/** The part of a packet that only a transfer has; its goal is the packet's `original_request`, its results are the steps. */
export class Transfer extends TransferTerms {
  @Nested(() => StateForm) readonly state!: StateForm;
}

/** A transfer as agents write it. Plain strings stand for agents, results, constraints, decisions and links. */
export class SentTransfer extends TransferTerms {
  @IsString() @IsNotEmpty() @MaxLength(ID) readonly task_id!: TaskId;
  @IsString() @IsNotEmpty() @MaxLength(TEXT) readonly goal!: string;
  @NestedList(() => TransferResult, 500) readonly results!: readonly TransferResult[];
  @Nested(() => AccumulatedState) readonly accumulated_state!: AccumulatedState;
  @IsIn(URGENCIES) readonly urgency!: Urgency;
  @NestedList(() => DataLink, 200) readonly data_links!: readonly DataLink[];
  @IsOptional() @Nested(() => Authority) readonly authority?: Authority;
  @IsOptional() @Nested(() => Parent) readonly parent?: Parent;
  /** The sender's own, given back unchanged with the end. */
  @IsOptional() @MaxJsonBytes(MAX_RESUME_BYTES) readonly resume?: Json;
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(ID) readonly idempotency_key?: string;
  @IsOptional() @IsInstant() readonly expires_at?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) @MaxLength(64, { each: true }) readonly tags?: readonly string[];
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly metadata?: JsonObject;
  /** Fields that this release does not know, kept and shown. */
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly extra?: JsonObject;
}
