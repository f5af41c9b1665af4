import { IsInstant, type PersonId } from '@handoff/contracts';
import { IsNotEmpty, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';

export class OverrideBody {
  @IsString() @IsNotEmpty() @MaxLength(40) readonly person!: PersonId;
  @IsInstant() readonly from!: string;
  /** The first instant that it holds no more. */
  @IsInstant() readonly until!: string;
  @IsOptional() @IsString() @MaxLength(500) readonly note?: string;
  /** The override that it takes the place of, and ends. */
  @IsOptional() @IsUUID() readonly instead?: string | null;
}
