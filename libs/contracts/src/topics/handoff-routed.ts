import 'reflect-metadata';
import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, IsUUID, Min } from 'class-validator';
import type { AgentId, DecisionId, HandoffId, OfferId, PersonId, TeamId } from '../ids.js';
import { END_TYPES, PUSH_CHANNELS, SLA_CLASSES, type EndType, type PushChannel, type SlaClass } from '../packet/words.js';
import { days, type Seconds } from '../units.js';
import { IsInstant, Nested, NestedList } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

export class LevelRef {
  /** From 1. */
  @IsInt() @Min(1) readonly number!: number;
  @IsString() readonly name!: string;
  @IsInt() @Min(1) readonly of!: number;
}

export class Sla {
  @IsIn(SLA_CLASSES) readonly class!: SlaClass;
  /** From acceptance, whatever the level. */
  @IsInstant() readonly due_at!: string;
}

/** Which channel, and how long after the level began. */
export class LadderStep {
  @IsIn(PUSH_CHANNELS) readonly channel!: PushChannel;
  @IsNumber() @Min(0) readonly after_seconds!: Seconds;
  /** The policy's word: nobody's preferences turn this one off or put it off. */
  @IsOptional() @IsBoolean() readonly mandatory?: boolean;
}

/** When those who are asked hear that a share of their time has passed; in working time where the SLA runs in it. */
export class WarningAt {
  @IsNumber() readonly share!: number;
  @IsInstant() readonly at!: string;
}

export class PolicyRef {
  @IsString() readonly id!: string;
  @IsInt() readonly version!: number;
  @IsString() readonly rule!: string;
}

/** A level that had the handoff before, and why it moved on. */
export class EarlierLevel {
  @IsInt() readonly level!: number;
  @IsArray() readonly asked!: readonly PersonId[];
  @IsString() readonly moved_because!: string;
  /** Where it was an agent's turn. */
  @IsOptional() @IsString() readonly agent_id?: AgentId | null;
}

export class RoutedEnd {
  @IsIn(END_TYPES) readonly type!: EndType;
  @IsString() readonly reason!: string;
  /** Where another handoff's answer ended this one: that answer. */
  @IsOptional() @IsUUID() readonly repeats?: DecisionId | null;
}

/** `offered` to an agent, `held` by it: an agent's turn, during which nobody may decide. `asked`: people's turn. */
export const ROUTED_EVENTS = ['offered', 'held', 'asked', 'end'] as const;
export type RoutedEvent = (typeof ROUTED_EVENTS)[number];

/** Whose hands a delegation is in, or is offered to. */
export class RoutedAgent {
  @IsString() readonly agent_id!: AgentId;
  @IsUUID() readonly offer_id!: OfferId;
  /** Of deliveries, from 1, and how many there may be. */
  @IsInt() @Min(1) readonly round!: number;
  @IsInt() @Min(1) readonly of!: number;
  /** With `held`: until when it has to say that it is at it. */
  @IsOptional() @IsInstant() readonly lease_by?: string | null;
  /** How long it then has again. */
  @IsInt() @Min(1) readonly lease_seconds!: Seconds;
}

export class HandoffRouted extends HandoffEvent {
  @IsIn(ROUTED_EVENTS) readonly event!: RoutedEvent;
  @Nested(() => LevelRef) readonly level!: LevelRef;
  /** Counts how often this level has been asked, from 1; above 1 only where the last level repeats. */
  @IsInt() @Min(1) readonly cycle!: number;
  @IsString() readonly team!: TeamId;
  @IsArray() @IsString({ each: true }) readonly asked!: readonly PersonId[];
  /** Teams whose members may answer: this level's, and those of the levels before. */
  @IsArray() @IsString({ each: true }) readonly may_decide!: readonly TeamId[];
  /** People who may answer besides, as it was given to them in person. Left out by releases before 0.2. */
  @IsOptional() @IsArray() @IsString({ each: true }) readonly given_to?: readonly PersonId[];
  /** How many must agree. */
  @IsInt() @Min(1) readonly answers_needed!: number;
  /** False: on the desk, and nobody is notified (a duplicate). */
  @IsBoolean() readonly page!: boolean;
  @NestedList(() => LadderStep) readonly ladder!: readonly LadderStep[];
  @IsInstant() readonly ack_by!: string;
  @IsInstant() readonly decide_by!: string;
  /** Left out by releases before 0.2: at half and four fifths of the time until `decide_by`. */
  @IsOptional() @NestedList(() => WarningAt) readonly warnings?: readonly WarningAt[];
  @Nested(() => Sla) readonly sla!: Sla;
  @Nested(() => PolicyRef) readonly policy!: PolicyRef;
  /** Why these people, in one sentence. */
  @IsString() readonly why!: string;
  /** Names of levels that nobody was on duty for. */
  @IsArray() @IsString({ each: true }) readonly skipped!: readonly string[];
  @NestedList(() => EarlierLevel) readonly before!: readonly EarlierLevel[];
  /** Nobody at any level: the fallback channel is paged. */
  @IsBoolean() readonly unattended!: boolean;
  /** The handoff of the same task that asks for the same action, and whose answer counts for this one too. */
  @IsOptional() @IsUUID() readonly duplicate_of!: HandoffId | null;
  /** Other open handoffs of the same task. */
  @IsArray() @IsUUID('all', { each: true }) readonly related!: readonly HandoffId[];
  /** With `offered` and `held`; with `asked` whose delivery is reviewed. */
  @IsOptional() @Nested(() => RoutedAgent) readonly agent?: RoutedAgent | null;
  @IsOptional() @Nested(() => RoutedEnd) readonly end!: RoutedEnd | null;
  @IsInstant() readonly routed_at!: string;
}

export const handoffRouted = defineTopic({
  topic: 'handoff.routed',
  type: 'handoff.routed.v1',
  payload: HandoffRouted,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'routing',
  about:
    'Who is asked, or which agent it is offered to or held by, at which level, with which windows, who may decide, by which policy version, and why; or the end.',
});
