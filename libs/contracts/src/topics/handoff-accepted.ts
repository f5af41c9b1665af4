import 'reflect-metadata';
import { IsArray, IsIn, IsNumber, IsOptional, IsString, IsUUID } from 'class-validator';
import type { AgentId, HandoffId, TaskId } from '../ids.js';
import { Packet } from '../packet/packet.js';
import type { CompletenessWarning } from '../packet/score-completeness.js';
import { KINDS, type Kind } from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant, Nested } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

export class PacketCompleteness {
  @IsNumber() readonly score!: number;
  @IsArray() readonly warnings!: readonly CompletenessWarning[];
}

export class WithdrawalRequest {
  @IsString() readonly reason!: string;
  @IsInstant() readonly asked_at!: string;
}

/** For intake alone, which reads it back where its schema was restored: by what it knows the same packet when it comes again. */
export class KnownBy {
  @IsString() readonly rule!: string;
  @IsUUID() readonly key!: string;
  @IsString() readonly content_digest!: string;
}

/** `delivered`: whoever holds a delegation has handed in its work, which is the new packet version. */
export const ACCEPTED_EVENTS = ['accepted', 'updated', 'withdrawal_asked', 'delivered'] as const;
export type AcceptedEvent = (typeof ACCEPTED_EVENTS)[number];

export class HandoffAccepted extends HandoffEvent {
  @IsIn(ACCEPTED_EVENTS) readonly event!: AcceptedEvent;
  @IsIn(KINDS) readonly kind!: Kind;
  /** Who asks, or passes on; of a delegation, who delivered, else whom it names, else `unknown`. */
  @IsString() readonly agent_id!: AgentId;
  @IsString() readonly task_id!: TaskId;
  @Nested(() => Packet) readonly packet!: Packet;
  /** JSON Pointers (RFC 6901) of the packet's leaves whose secrets are masked here; intake has the originals. Left out by releases before 0.2. */
  @IsOptional() @IsArray() @IsString({ each: true }) readonly masked?: readonly string[] | null;
  @Nested(() => PacketCompleteness) readonly completeness!: PacketCompleteness;
  /** Hex SHA-256 over the RFC 8785 form of the recommended action, before it was masked. */
  @IsString() readonly action_digest!: string;
  /** Hex SHA-256 over action, steps and state: the same asked again on the same grounds. Left out by releases before 0.2. */
  @IsOptional() @IsString() readonly ask_digest?: string | null;
  /** By the database's clock, RFC 3339 in UTC: the SLA of this handoff runs from here. */
  @IsInstant() readonly accepted_at!: string;
  @IsOptional() @Nested(() => WithdrawalRequest) readonly withdrawal?: WithdrawalRequest | null;
  /** The agent's request that an update or a withdrawal comes from, or its reply with a delivery; of that left out by releases before 0.2. */
  @IsOptional() @IsUUID() readonly request_id?: string | null;
  /** Of a transfer: the agents that have had the task, the first one first, its sender last. It never goes back to any of them. */
  @IsOptional() @IsArray() @IsString({ each: true }) readonly hands?: readonly AgentId[] | null;
  /** Of an escalation by whoever holds a delegation, and for its sake: that delegation. */
  @IsOptional() @IsUUID() readonly within?: HandoffId | null;
  /** Of a delegation that is new and that an agent gave: that agent, which reads what becomes of it. Left out by releases before 0.2. */
  @IsOptional() @IsString() readonly given_by?: AgentId | null;
  @IsOptional() @Nested(() => KnownBy) readonly known_by?: KnownBy | null;
}

export const handoffAccepted = defineTopic({
  topic: 'handoff.accepted',
  type: 'handoff.accepted.v1',
  payload: HandoffAccepted,
  key: 'handoff_id', // on this topic the events of one handoff share a partition, hence an order
  retention: days(7),
  writtenBy: 'intake',
  readOutside: ['agents'],
  about: 'Valid and new, updated, delivered, or withdrawal asked for. The one topic that carries the packet.',
});
