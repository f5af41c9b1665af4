import 'reflect-metadata';
import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, MaxLength, Min } from 'class-validator';
import type { PersonId, TenantId } from '../ids.js';
import { IsInstant } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';

/** What can be paused: an agent's new handoffs, a team's turn, a way of reaching people. */
export const CONTROLS = ['agent', 'team', 'channel'] as const;
export type Control = (typeof CONTROLS)[number];

/** What a person writes as the reason; more would not fit an event of about 1 KiB. */
export const MOST_REASON_CHARACTERS = 300;

/** A pause as it stands; the newest record of an id replaces the older ones. */
export class HandoffControl {
  @IsString() @IsNotEmpty() readonly tenant!: TenantId;
  /** Tenant, control and name, for example `default/team/support`. */
  @IsString() readonly id!: string;
  @IsIn(CONTROLS) readonly control!: Control;
  /** The agent's id, the team's id, or the channel. */
  @IsString() @MaxLength(256) readonly name!: string;
  /** False: it was ended before its time. */
  @IsBoolean() readonly paused!: boolean;
  /** Readers compare it with their database's clock, so a pause ends by itself. */
  @IsInstant() readonly until!: string;
  @IsString() @MaxLength(MOST_REASON_CHARACTERS) readonly reason!: string;
  @IsString() readonly changed_by!: PersonId;
  @IsInstant() readonly changed_at!: string;
  /** Counts per id, from 1; an older one changes nothing. */
  @IsInt() @Min(1) readonly version!: number;
}

export const controlId = (tenant: TenantId, control: Control, name: string): string => `${tenant}/${control}/${name}`;

/** Of those of one batch the newest of each id, in the order of their ids: what is to be kept. */
export function newestControls(controls: readonly HandoffControl[]): readonly HandoffControl[] {
  const newest = new Map(controls.toSorted((a, b) => a.version - b.version).map((it) => [it.id, it]));
  return [...newest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export const handoffControls = defineTopic({
  topic: 'handoff.controls',
  type: 'handoff.controls.v1',
  payload: HandoffControl,
  key: 'id',
  retention: null,
  writtenBy: 'notifier',
  about: 'Which agents, teams and channels are paused, until when and why.',
});
