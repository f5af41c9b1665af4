import type { Directory, Me } from '../api/desk-types.js';
import type { Schedule, Shift } from '../api/use-duty.js';
import { STEP_MS, spanOf, type Span } from './track.js';

/** An override that is being made, or made anew in another's place. Ends are RFC 3339, or what a date field holds where that is no instant. */
export interface OverrideDraft {
  readonly schedule: Pick<Schedule, 'id' | 'name' | 'time_zone' | 'teams'>;
  readonly person: string;
  readonly from: string;
  readonly until: string;
  readonly note: string;
  /** The override that it takes the place of. */
  readonly instead: string | null;
  /** Whose duty it was drawn over, where it was one person's. */
  readonly over: Shift | null;
}

const isoOf = (at: number): string => new Date(at).toISOString();

/** Somebody else for a span that was drawn, or from now until the end of what was pressed: what is over cannot be given away. */
export function draftOver(schedule: Schedule, { from, until }: Span, over: Shift | null, now: number): OverrideDraft {
  const soonest = Math.floor(now / STEP_MS) * STEP_MS;
  const begin = from < soonest && soonest < until ? soonest : from;
  return { schedule, person: '', from: isoOf(begin), until: isoOf(until), note: '', instead: null, over };
}

/** The same person for another span. */
export const draftAnew = (schedule: Schedule, override: Shift, { from, until }: Span = spanOf(override)): OverrideDraft => ({
  ...{ schedule, person: override.person, from: isoOf(from), until: isoOf(until), note: '' },
  ...{ instead: override.override_id ?? null, over: override },
});

/** Who may look and not answer changes nothing. */
export const mayOverride = ({ roles }: Me): boolean => roles.some((role) => role !== 'viewer');

/** Of the teams that the schedule serves: leads put in anybody; others give away what is theirs, or take over what is somebody else's. The service judges again. */
export function choicesOf(people: Directory['people'], { schedule, over }: OverrideDraft, me: Me): Directory['people'] {
  const serve = people.filter(({ teams }) => schedule.teams.length === 0 || teams.some((team) => schedule.teams.includes(team)));
  if (me.may_lead) return serve;
  const isMine = over?.person === me.subject;
  return serve.filter(({ id }) => (id === me.subject) !== isMine);
}

/** What is wrong with it that can be told without asking; null where nothing is. */
export function faultOf({ person, from, until }: OverrideDraft): string | null {
  if (person === '') return 'Choose who takes over.';
  const [begin, end] = [Date.parse(from), Date.parse(until)];
  if (Number.isNaN(begin) || Number.isNaN(end)) return 'Say from when, and until when.';
  return begin < end ? null : 'It must end after it begins.';
}
