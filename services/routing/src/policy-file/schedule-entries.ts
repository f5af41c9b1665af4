import 'reflect-metadata';
import { NestedList, type PersonId } from '@handoff/contracts';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { WEEKDAYS, type Weekday } from '../domain/duty/schedule.js';
import { IsId } from './is-id.js';

const IsTimeOfDay = (): PropertyDecorator =>
  Matches(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { message: '$property must be a time of day such as "09:00", or "24:00"' });

export class HoursEntry {
  @IsArray() @ArrayMinSize(1) @IsIn(WEEKDAYS, { each: true }) readonly days!: readonly Weekday[];
  @IsTimeOfDay() readonly from!: string;
  @IsTimeOfDay() readonly until!: string;
}

export class HolidayEntry {
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a date such as 2026-12-25' }) readonly date!: string;
  @IsOptional() @IsString() @MaxLength(100) readonly name?: string;
}

export class CalendarEntry {
  @IsId() readonly id!: string;
  @IsString() readonly time_zone!: string;
  @IsOptional() @ArrayMinSize(1) @NestedList(() => HoursEntry, 20) readonly hours?: readonly HoursEntry[];
  @IsOptional() @NestedList(() => HolidayEntry, 1000) readonly holidays?: readonly HolidayEntry[];
}

export class LayerEntry {
  @IsId() readonly id!: string;
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(100) @IsString({ each: true }) readonly people!: readonly PersonId[];
  @Matches(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, { message: '$property must be a local time such as 2026-01-05T09:00' })
  readonly starts!: string;
  @Matches(/^[1-9]\d{0,2}[hdw]$/, { message: '$property must be hours, days or weeks, such as "12h", "1d" or "1w"' })
  readonly turn!: string;
  @IsOptional() @ArrayMinSize(1) @NestedList(() => HoursEntry, 20) readonly hours?: readonly HoursEntry[];
  @IsOptional() @IsBoolean() readonly works_holidays?: boolean;
}

export class ScheduleEntry {
  @IsId() readonly id!: string;
  @IsString() @IsNotEmpty() @MaxLength(100) readonly name!: string;
  @IsString() readonly time_zone!: string;
  @ArrayMinSize(1) @NestedList(() => LayerEntry, 10) readonly layers!: readonly LayerEntry[];
  /** Nobody is on duty on its holidays. */
  @IsOptional() @IsString() readonly calendar?: string;
}
