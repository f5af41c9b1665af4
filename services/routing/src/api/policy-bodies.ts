import { IsInstant } from '@handoff/contracts';
import { IsInt, IsObject, IsOptional, IsString, MaxLength, Min } from 'class-validator';

const MOST_TEXT = 1_000_000;

export class WrittenText {
  @IsString() @MaxLength(MOST_TEXT) readonly text!: string;
}

export class DiffRequest extends WrittenText {
  /** The version to compare with; left out: the newest. */
  @IsOptional() @IsInt() @Min(1) readonly against?: number;
}

export class ApplyRequest extends WrittenText {
  /** The version that its author has seen. */
  @IsInt() @Min(0) readonly based_on!: number;
}

export class TryRequest {
  /** Left out: the policy in force. */
  @IsOptional() @IsString() @MaxLength(MOST_TEXT) readonly text?: string;
  @IsObject() readonly packet!: object;
  /** When it is accepted; left out: now. */
  @IsOptional() @IsInstant() readonly at?: string;
}
