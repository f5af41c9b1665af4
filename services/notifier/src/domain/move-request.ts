import {
  AGENTS_MOVES,
  ASKING_VERDICTS,
  Assignee,
  CriterionChange,
  IsInstant,
  MOST_CHANGES,
  MOST_NOTE_CHARACTERS,
  MOVES,
  Nested,
  NestedList,
  URGENCIES,
  type AskingVerdict,
  type Move,
  type QuestionId,
  type Urgency,
} from '@handoff/contracts';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { Deed } from './rights.js';

/** What a person may ask for by itself: an answer is a vote where several must agree, and the agent's answers and questions are the agent's. */
export type PersonsMove = Exclude<Deed, 'decide'>;
const NOT_ASKED_FOR: ReadonlySet<string> = new Set<Move>([...AGENTS_MOVES, 'vote']);
export const PERSONS_MOVES = MOVES.filter((move): move is PersonsMove => !NOT_ASKED_FOR.has(move));

/** What a person sends from the desk; who moves comes from the session, never from here. */
export class MoveRequest {
  @IsIn(PERSONS_MOVES) readonly move!: PersonsMove;
  /** The comment, question, result or work done; else the reason, which may be left out. */
  @IsOptional() @IsString() @MaxLength(MOST_NOTE_CHARACTERS) readonly note?: string | null;
  @IsOptional() @Nested(() => Assignee) readonly to?: Assignee | null;
  /** With `request_changes`: what each criterion lacks. */
  @IsOptional() @NestedList(() => CriterionChange, MOST_CHANGES) readonly changes?: readonly CriterionChange[] | null;
  /** With `answer`: which question; left out, the oldest. */
  @IsOptional() @IsUUID() readonly question_id?: QuestionId | null;
  @IsOptional() @IsInstant() readonly until?: string | null;
  @IsOptional() @IsIn(URGENCIES) readonly urgency?: Urgency | null;
  @IsOptional() @IsIn(ASKING_VERDICTS) readonly asking_was?: AskingVerdict | null;
}
