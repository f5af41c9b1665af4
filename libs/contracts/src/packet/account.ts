import 'reflect-metadata';
import { IsIn, IsNotEmpty, IsNumber, IsOptional, IsString, IsUUID, MaxLength, Min } from 'class-validator';
import type { AgentId, HandoffId } from '../ids.js';
import { IsInstant, Nested, NestedList } from '../wire/constraints.js';
import { Amount } from './authority.js';

/** Of each report, so that the event that carries them stays small. */
export const MOST_DECISIONS_TOLD = 10;
/** Of one task, whoever has it. */
export const MOST_OWN_DECISIONS = 100;
const MOST_CHARACTERS = 300;
const RIGHT = 4096;

/** What an agent decided by itself while it worked. */
export class OwnDecision {
  @IsString() @IsNotEmpty() @MaxLength(MOST_CHARACTERS) readonly text!: string;
  /** Which of its rights it stands on, in the delegation's own words. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(RIGHT) readonly under?: string;
  /** What is at stake in it. */
  @IsOptional() @Nested(() => Amount) readonly amount?: Amount;
  /** The agent's own handoff in which a person approved it. */
  @IsOptional() @IsUUID() readonly covered_by?: HandoffId;
}

/**
 * Why an agent's rights do not cover what it decided. `must_ask`: it had to ask. `over_authority`: more than it may decide, or a unit that
 * it may decide nothing in. `not_in_rights`: nothing that it may decide by itself names it.
 */
export const OUTSIDE_REASONS = ['must_ask', 'over_authority', 'not_in_rights'] as const;
export type OutsideReason = (typeof OUTSIDE_REASONS)[number];

export class JudgedDecision extends OwnDecision {
  @IsString() readonly agent_id!: AgentId;
  /** When the agent told of it. */
  @IsInstant() readonly told_at!: string;
  /** Null where its rights cover it, or it has no bounds. */
  @IsOptional() @IsIn(OUTSIDE_REASONS) readonly outside!: OutsideReason | null;
}

/** By one of the agents that had the task, all in all. */
export class SpentBy {
  @IsString() readonly agent_id!: AgentId;
  @IsNumber() @Min(0) readonly value!: number;
  @IsInstant() readonly told_at!: string;
}

/** What the agents that had a task have said of it: what it cost so far, in the budget's unit, and what they decided by themselves. */
export class Account {
  @NestedList(() => SpentBy) readonly spent!: readonly SpentBy[];
  @NestedList(() => JudgedDecision, MOST_OWN_DECISIONS) readonly decisions!: readonly JudgedDecision[];
}

/** What a task costs so far, beside what it may. */
export class Spent {
  /** By the agent that tells of it. */
  @IsNumber() @Min(0) readonly value!: number;
  /** By all that had the task. */
  @IsNumber() @Min(0) readonly total!: number;
  @IsNumber() @Min(0) readonly limit!: number;
  @IsString() readonly unit!: string;
}

/** To a millionth: a sum of fractions is off by less. */
export const totalSpent = ({ spent }: Pick<Account, 'spent'>): number =>
  Math.round(spent.reduce((sum, { value }) => sum + value, 0) * 1e6) / 1e6;
