import 'reflect-metadata';
import { IsIn, IsInt, IsOptional, IsString } from 'class-validator';
import type { PersonId } from '../ids.js';
import { CHANNELS, type Channel } from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

export class HandoffNotified extends HandoffEvent {
  /** `seen`: the recipient has it on the screen; told once for each time that she was sent a copy. */
  @IsIn(['delivered', 'failed', 'seen']) readonly event!: 'delivered' | 'failed' | 'seen';
  /** `desk`, delivered: the desk shows `packet_version` from now on. */
  @IsIn(CHANNELS) readonly channel!: Channel;
  /** Null for the desk, which is everybody's. */
  @IsOptional() @IsString() readonly recipient!: PersonId | null;
  @IsInt() readonly level!: number;
  @IsInt() readonly cycle!: number;
  @IsInt() readonly attempts!: number;
  @IsOptional() @IsString() readonly error!: string | null;
  @IsInstant() readonly at!: string;
}

export const handoffNotified = defineTopic({
  topic: 'handoff.notified',
  type: 'handoff.notified.v1',
  payload: HandoffNotified,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'notifier',
  readOutside: ['downstream systems'],
  about: 'A copy was delivered, could not be, or was seen.',
});
