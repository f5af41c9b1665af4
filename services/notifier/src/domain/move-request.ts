import {
  ASKING_VERDICTS,
  Assignee,
  IsInstant,
  MOST_NOTE_CHARACTERS,
  MOVES,
  Nested,
  URGENCIES,
  type AskingVerdict,
  type Urgency,
} from '@handoff/contracts';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Deed } from './rights.js';

/** What a person may ask for by itself: an answer is a vote where several must agree, and the agent's answer is the agent's. */
export type PersonsMove = Exclude<Deed, 'decide'>;
export const PERSONS_MOVES = MOVES.filter((move): move is PersonsMove => move !== 'vote' && move !== 'info_given');

/** What a person sends from the desk; who moves comes from the session, never from here. */
export class MoveRequest {
  @IsIn(PERSONS_MOVES) readonly move!: PersonsMove;
  /** The comment, question, result or work done; else the reason, which may be left out. */
  @IsOptional() @IsString() @MaxLength(MOST_NOTE_CHARACTERS) readonly note?: string | null;
  @IsOptional() @Nested(() => Assignee) readonly to?: Assignee | null;
  @IsOptional() @IsInstant() readonly until?: string | null;
  @IsOptional() @IsIn(URGENCIES) readonly urgency?: Urgency | null;
  @IsOptional() @IsIn(ASKING_VERDICTS) readonly asking_was?: AskingVerdict | null;
}
