import { Authority, MaxJsonBytes, Nested, REASON_CODES, type JsonObject, type ReasonCode } from '@handoff/contracts';
import { IsIn, IsObject, IsOptional, IsString, MaxLength } from 'class-validator';

const KIB = 1024;

/** Any part of the packet that the agent would hand off. A field beside the packet counts before the same one in it. */
export class AdviceBody {
  @IsOptional() @IsObject() @MaxJsonBytes(256 * KIB) readonly packet?: JsonObject;
  @IsOptional() @IsObject() @MaxJsonBytes(64 * KIB) readonly features?: JsonObject;
  @IsOptional() @IsIn(REASON_CODES) readonly reason_code?: ReasonCode;
  @IsOptional() @Nested(() => Authority) readonly authority?: Authority;
  @IsOptional() @IsString() @MaxLength(256) readonly domain?: string;
  /** Whom it would be about: what a look of theirs costs. */
  @IsOptional() @IsString() @MaxLength(256) readonly level?: string;
}
