import 'reflect-metadata';
import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, Min } from 'class-validator';
import { SLA_CLASSES, type SlaClass } from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant, Nested } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

/**
 * `route_by`: routing must have said whom it asks. `ack_by`, `decide_by`: a level's windows. `info_by`: how long those wait for the agent's
 * answer. `expires_at`: the packet's own. `lease_by`: until when the agent that holds a task has to say that it is at it; an offer has `ack_by`.
 * `due_by`: a delegation's own; it moves nothing.
 */
export const CLOCKS = ['route_by', 'ack_by', 'decide_by', 'info_by', 'expires_at', 'lease_by', 'due_by'] as const;
export type Clock = (typeof CLOCKS)[number];

/**
 * `warning`: a share of `decide_by` or `due_by` has passed. `breached`: due and no decision seen, which moves the level; of `due_by`, due and nothing delivered. `unrouted`: routing did
 * not answer in time. `lapsed`: `ack_by`, `lease_by` or `expires_at` ran out. `paused`: the level's windows wait for the agent, until `due_at` at the
 * latest. `resumed`: they run again, and `decide_by` is `due_at` now. `result`: the SLA, or `due_by`, was met or missed, each said once.
 */
export const CLOCK_EVENTS = ['warning', 'breached', 'unrouted', 'lapsed', 'paused', 'resumed', 'result'] as const;
export type ClockEvent = (typeof CLOCK_EVENTS)[number];

export class SlaResult {
  @IsIn(SLA_CLASSES) readonly class!: SlaClass;
  @IsBoolean() readonly met!: boolean;
  @IsInstant() readonly due_at!: string;
  @IsInstant() readonly decided_at!: string;
}

/** Whether a task was delivered by when it was needed. */
export class DueResult {
  @IsBoolean() readonly met!: boolean;
  @IsInstant() readonly due_at!: string;
  /** The last delivery; null where it ended without one. */
  @IsOptional() @IsInstant() readonly delivered_at!: string | null;
}

export class HandoffClock extends HandoffEvent {
  @IsIn(CLOCK_EVENTS) readonly event!: ClockEvent;
  @IsIn(CLOCKS) readonly clock!: Clock;
  /** 0 before any level was asked. */
  @IsInt() @Min(0) readonly level!: number;
  @IsInt() @Min(0) readonly cycle!: number;
  @IsInstant() readonly due_at!: string;
  @IsInstant() readonly fired_at!: string;
  /** With `warning`: 0.5 or 0.8 of the window. */
  @IsOptional() @IsNumber() readonly share!: number | null;
  @IsOptional() @Nested(() => SlaResult) readonly result!: SlaResult | null;
  /** With `result` of `due_by`. */
  @IsOptional() @Nested(() => DueResult) readonly due?: DueResult | null;
  /** With `resumed`: until when the windows would have waited at the latest; left out by an earlier release. */
  @IsOptional() @IsInstant() readonly info_by?: string | null;
}

export const handoffClock = defineTopic({
  topic: 'handoff.clock',
  type: 'handoff.clock.v1',
  payload: HandoffClock,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'sla-monitor',
  readOutside: ['downstream systems'],
  about: 'Warning, breached, unrouted, lapsed, paused, resumed; result: met or missed.',
});
