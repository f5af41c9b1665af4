import 'reflect-metadata';
import { Nested, NestedList, SLA_CLASSES, type SlaClass } from '@handoff/contracts';
import { ArrayMinSize, IsIn, IsNotEmpty, IsNumber, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { IsDuration } from './duration.js';
import { IsId } from './is-id.js';
import { PersonEntry, TeamEntry } from './people-entries.js';
import { RuleEntry } from './rule-entries.js';
import { CalendarEntry, ScheduleEntry } from './schedule-entries.js';

export class PolicyName {
  @IsId() readonly id!: string;
  @IsString() @IsNotEmpty() @MaxLength(100) readonly name!: string;
}

export class SlaEntry {
  @IsOptional() @IsDuration(1) readonly critical?: number | string;
  @IsOptional() @IsDuration(1) readonly normal?: number | string;
  @IsOptional() @IsString() readonly calendar?: string;
}

export class UrgencyEntry {
  @IsOptional() @IsIn(SLA_CLASSES) readonly high?: SlaClass;
  @IsOptional() @IsIn(SLA_CLASSES) readonly medium?: SlaClass;
  @IsOptional() @IsIn(SLA_CLASSES) readonly low?: SlaClass;
}

/** Of the tasks that agents did alone, the share that people are to look at. */
export class AuditEntry {
  @IsNumber() @Min(0) @Max(1) readonly share!: number;
}

/** What a policy's author wrote. Names on it are those of the file. */
export class PolicyFile {
  @Nested(() => PolicyName) readonly policy!: PolicyName;
  @NestedList(() => PersonEntry, 1000) readonly people!: readonly PersonEntry[];
  @NestedList(() => TeamEntry, 200) readonly teams!: readonly TeamEntry[];
  @IsOptional() @Nested(() => SlaEntry) readonly sla?: SlaEntry;
  @IsOptional() @Nested(() => UrgencyEntry) readonly urgency?: UrgencyEntry;
  @IsOptional() @Nested(() => AuditEntry) readonly audit?: AuditEntry;
  @ArrayMinSize(1) @NestedList(() => RuleEntry, 200) readonly rules!: readonly RuleEntry[];
  @IsOptional() @NestedList(() => CalendarEntry, 100) readonly calendars?: readonly CalendarEntry[];
  @IsOptional() @NestedList(() => ScheduleEntry, 200) readonly schedules?: readonly ScheduleEntry[];
}
