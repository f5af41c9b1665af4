import { MaxJsonBytes, TaskTerms, URGENCIES, type JsonObject, type Urgency } from '@handoff/contracts';
import { IsIn, IsInt, IsNotEmpty, IsObject, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';

const LINE = 4096;
const SCHEMA_BYTES = 32 * 1024;

/** What tasks of one type have in common: what is to be filled in, and what they are judged by. `{{input}}` stands for what was filled in. */
export class Template extends TaskTerms {
  @IsString() @Matches(/^[a-z0-9][a-z0-9-]{0,63}$/) readonly id!: string;
  @IsInt() @Min(1) readonly version!: number;
  @IsString() @IsNotEmpty() @MaxLength(200) readonly name!: string;
  @IsString() @MaxLength(LINE) readonly about!: string;
  /** Who can do such tasks. */
  @IsOptional() @IsString() @IsNotEmpty() @MaxLength(256) readonly capability?: string;
  @IsOptional() @IsIn(URGENCIES) readonly urgency?: Urgency;
  /** JSON Schema of what is filled in; the desk makes a form of it. */
  @IsObject() @MaxJsonBytes(SCHEMA_BYTES) readonly inputs!: JsonObject;
  /** Inputs that satisfy it, for whoever tries it. */
  @IsOptional() @IsObject() @MaxJsonBytes(SCHEMA_BYTES) readonly example?: JsonObject;
  @IsString() @IsNotEmpty() @MaxLength(LINE) readonly goal!: string;
}
