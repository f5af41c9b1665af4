import 'reflect-metadata';
import { IsIn, IsInt, IsString } from 'class-validator';
import type { PersonId } from '../ids.js';
import { CHANNELS, type Channel } from '../packet/words.js';
import { days } from '../units.js';
import { IsInstant } from '../wire/constraints.js';
import { defineTopic } from './define-topic.js';
import { HandoffEvent } from './handoff-event.js';

export const MOVES = ['acknowledge', 'release'] as const;
export type Move = (typeof MOVES)[number];

export class HandoffMove extends HandoffEvent {
  @IsIn(MOVES) readonly event!: Move;
  @IsString() readonly moved_by!: PersonId;
  @IsIn(CHANNELS) readonly channel!: Channel;
  @IsInt() readonly level!: number;
  @IsInt() readonly cycle!: number;
  @IsInstant() readonly moved_at!: string;
}

export const handoffMoves = defineTopic({
  topic: 'handoff.moves',
  type: 'handoff.moves.v1',
  payload: HandoffMove,
  key: 'handoff_id',
  retention: days(7),
  writtenBy: 'notifier',
  about: 'What a person does short of deciding.',
});
