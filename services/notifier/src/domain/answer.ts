import { IsIn, IsInt, IsObject, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { ASKING_VERDICTS, DECISION_TYPES, MaxJsonBytes, type AskingVerdict, type DecisionType, type JsonObject } from '@handoff/contracts';

/** What a person says; who answers comes from the session, never from here. */
export class AnswerWords {
  @IsIn(DECISION_TYPES) readonly type!: DecisionType;
  @IsOptional() @IsString() @MaxLength(16_384) readonly message?: string | null;
  /** With `edit`: all the arguments, as they shall be. */
  @IsOptional() @IsObject() @MaxJsonBytes(128 * 1024) readonly args?: JsonObject | null;
  @IsOptional() @IsIn(ASKING_VERDICTS) readonly asking_was?: AskingVerdict | null;
}

/** What a person sends from the desk about one handoff. */
export class Answer extends AnswerWords {
  /** The version that was on the screen; an answer to an older one is refused. */
  @IsInt() @Min(1) readonly packet_version!: number;
}
