import 'reflect-metadata';
import {
  NestedList,
  PUSH_CHANNELS,
  ROLES,
  type Address,
  type AuthorityLimit,
  type PersonId,
  type PushChannel,
  type Role,
  type TeamId,
} from '@handoff/contracts';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsNotEmpty, IsNumber, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { IsId } from './is-id.js';

/** Of a team, and so of whom a level may ask or need: a routing names them, and stays near 1 KiB. */
export const MOST_MEMBERS = 20;

export class AddressEntry implements Address {
  @IsIn(PUSH_CHANNELS) readonly channel!: PushChannel;
  @IsString() @IsNotEmpty() @MaxLength(500) readonly address!: string;
}

export class AuthorityEntry implements AuthorityLimit {
  @IsString() @IsNotEmpty() @MaxLength(64) readonly unit!: string;
  @IsNumber() @Min(0) readonly up_to!: number;
}

export class PersonEntry {
  @IsId() readonly id!: PersonId;
  @IsString() @IsNotEmpty() @MaxLength(100) readonly name!: string;
  @IsArray() @IsIn(ROLES, { each: true }) readonly roles!: readonly Role[];
  @NestedList(() => AddressEntry, 10) readonly addresses!: readonly AddressEntry[];
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsString({ each: true }) readonly skills?: readonly string[];
  @IsOptional() @NestedList(() => AuthorityEntry, 10) readonly authority?: readonly AuthorityEntry[];
}

export class TeamEntry {
  @IsId() readonly id!: TeamId;
  @IsString() @IsNotEmpty() @MaxLength(100) readonly name!: string;
  @IsArray() @ArrayMaxSize(MOST_MEMBERS) @IsString({ each: true }) readonly members!: readonly PersonId[];
  /** Of its members, those are on duty who have one of these. */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MOST_MEMBERS) @IsString({ each: true }) readonly schedules?: readonly string[];
}
