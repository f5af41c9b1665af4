import { fault, Nested, ok, PUSH_CHANNELS, refuse, validate, type PushChannel, type Result } from '@handoff/contracts';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { isZone, type QuietHours } from './quiet-hours.js';
import { addressOn, type Preferences, type Reach } from './reach.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const TIME_MESSAGE = { message: '$property must be a time of day such as 22:00.' };

class QuietHoursRequest implements QuietHours {
  @Matches(TIME, TIME_MESSAGE) readonly from!: string;
  @Matches(TIME, TIME_MESSAGE) readonly until!: string;
  @IsString() readonly zone!: string;
}

class PreferencesRequest implements Preferences {
  @IsOptional() @Nested(() => QuietHoursRequest) readonly quiet_hours!: QuietHoursRequest | null;
  @IsArray() @ArrayMaxSize(PUSH_CHANNELS.length) @IsIn(PUSH_CHANNELS, { each: true }) readonly muted!: readonly PushChannel[];
}

/** What a person asks for, within what is allowed: a zone that exists, and one channel at least that is left to reach her by. */
export function readPreferences(body: unknown, reach: Pick<Reach, 'addresses' | 'channels'>): Result<Preferences> {
  const read = validate(PreferencesRequest, body);
  if (read.kind === 'faults') return read;
  const { muted, quiet_hours: quiet = null } = read.value;
  if (quiet !== null && !isZone(quiet.zone))
    return refuse(fault('quiet_hours.zone', 'not_allowed_value', `${quiet.zone} is no time zone; use a name such as Europe/Berlin.`));
  const open = PUSH_CHANNELS.filter((channel) => !muted.includes(channel) && addressOn({ ...reach, preferences: read.value }, channel));
  if (muted.length > 0 && open.length === 0)
    return refuse(fault('muted', 'not_allowed_value', 'One channel must be left that reaches you; these are all that you have.'));
  return ok({ quiet_hours: quiet, muted: [...new Set(muted)] });
}
