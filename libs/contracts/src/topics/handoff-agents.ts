import 'reflect-metadata';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsNotEmpty, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { AgentId, TenantId } from '../ids.js';
import { IsInstant } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';

/** `registered`: what it can do is new. `alive`: it goes on being there. `lapsed`: it was not heard of for too long. `revoked`: its keys ended. */
export const AGENT_EVENTS = ['registered', 'alive', 'lapsed', 'revoked'] as const;
export type AgentEvent = (typeof AGENT_EVENTS)[number];

/** What an agent says that it can do. */
export class AgentAbilities {
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(256, { each: true })
  readonly capabilities!: readonly string[];
  /** Tasks that it works on at the same time; more are not offered to it. */
  @IsInt() @Min(1) @Max(10_000) readonly most_at_once!: number;
  @IsOptional() @IsString() @MaxLength(256) readonly version?: string;
  /** Ids of the forms of state that it reads, for example `acme/refund-run/2`. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(256, { each: true })
  readonly schemas?: readonly string[];
}

/** One agent as it stands; the newest record of an id replaces the older ones. */
export class HandoffAgent extends AgentAbilities {
  @IsString() @IsNotEmpty() readonly tenant!: TenantId;
  /** Tenant and agent, for example `default/research-1`. */
  @IsString() readonly id!: string;
  @IsIn(AGENT_EVENTS) readonly event!: AgentEvent;
  @IsString() readonly agent_id!: AgentId;
  /** Readers compare it with their database's clock, so that an agent that is silent is not counted on. */
  @IsInstant() readonly alive_until!: string;
  /** Counts per id, from 1; an older one changes nothing. */
  @IsInt() @Min(1) readonly revision!: number;
  @IsInstant() readonly changed_at!: string;
}

export const agentKeyOf = (tenant: TenantId, agentId: AgentId): string => `${tenant}/${agentId}`;

export const handoffAgents = defineTopic({
  topic: 'handoff.agents',
  type: 'handoff.agents.v1',
  payload: HandoffAgent,
  key: 'id',
  retention: null,
  writtenBy: 'intake',
  about: 'Which agents there are, what they can do, how much at once, and until when they are counted on.',
});
