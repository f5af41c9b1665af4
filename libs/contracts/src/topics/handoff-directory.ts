import 'reflect-metadata';
import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Max, Min } from 'class-validator';
import type { TeamId, TenantId } from '../ids.js';
import { PUSH_CHANNELS, type PushChannel } from '../packet/words.js';
import { IsInstant, NestedList } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';

export const ROLES = ['viewer', 'responder', 'lead', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export class Address {
  @IsIn(PUSH_CHANNELS) readonly channel!: PushChannel;
  @IsString() readonly address!: string;
}

/** The largest amount of a unit (`EUR`) that a person may decide; who has no limits at all may decide any. */
export class AuthorityLimit {
  @IsString() readonly unit!: string;
  @IsNumber() @Min(0) readonly up_to!: number;
}

/** One person, team or policy version as it stands; the newest record of an id replaces the older ones. */
export class DirectoryEntry {
  @IsString() readonly tenant!: TenantId;
  /** `person:ana`, `team:support`, `policy:default`. */
  @IsString() readonly id!: string;
  @IsIn(['person', 'team', 'policy']) readonly entry!: 'person' | 'team' | 'policy';
  @IsString() readonly name!: string;
  @IsInt() @Min(1) readonly version!: number;
  /** False: no longer there; kept as a record so that readers forget it. */
  @IsBoolean() readonly active!: boolean;
  @IsOptional() @IsArray() @IsIn(ROLES, { each: true }) readonly roles?: readonly Role[];
  @IsOptional() @IsArray() @IsString({ each: true }) readonly teams?: readonly TeamId[];
  @IsOptional() @NestedList(() => Address) readonly addresses?: readonly Address[];
  /** See `isWithinLimits`. */
  @IsOptional() @NestedList(() => AuthorityLimit) readonly authority?: readonly AuthorityLimit[];
  /** What a level may want of whom it asks; left out: none, or told by an earlier release. */
  @IsOptional() @IsArray() @IsString({ each: true }) readonly skills?: readonly string[];
  /** Of a policy: the share of the tasks that agents did alone that people are to look at; left out: none. */
  @IsOptional() @IsNumber() @Min(0) @Max(1) readonly audit_share?: number;
  @IsInstant() readonly changed_at!: string;
}

export const handoffDirectory = defineTopic({
  topic: 'handoff.directory',
  type: 'handoff.directory.v1',
  payload: DirectoryEntry,
  key: 'id',
  retention: null,
  writtenBy: 'routing',
  about: 'People, teams, roles, addresses, limits and policy versions.',
});
