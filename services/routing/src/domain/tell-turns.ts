import type { HandoffRouted, HistoryLine, PersonId } from '@handoff/contracts';
import type { Turn } from './assignment.js';
import { handIn } from './hand-in.js';

export interface Told {
  readonly routed: HandoffRouted;
  readonly askedAt: Date | null;
  readonly turns: readonly Turn[] | null;
}

/** Whose turn it was when, why they were asked and why it moved on; and the end, where routing asked for one. */
export function tellTurns({ routed, askedAt, turns }: Told): readonly HistoryLine[] {
  const now: Turn = {
    level: routed.level.number,
    name: routed.level.name,
    cycle: routed.cycle,
    asked: routed.asked,
    why: routed.why,
    at: askedAt,
    agent: handIn(routed),
  };
  // Where an earlier release asked them: what was said last is no earlier than that.
  const last = { ...now, at: now.at ?? new Date(routed.routed_at) };
  const wasAsked = routed.event !== 'end' || (askedAt !== null && instant(askedAt) < routed.routed_at); // some end with the first word
  const all = [...(turns ?? []), ...(wasAsked ? [last] : [])];
  return [...all.flatMap((turn) => asked(turn, routed.level.of)), ...ended(routed)];
}

function asked({ at, level, name, cycle, asked: people, why, agent }: Turn, of: number): readonly HistoryLine[] {
  if (at === null) return [];
  if (agent)
    return [
      {
        at: instant(at),
        event: cycle === 1 ? 'asked' : 'passed_on',
        text: `An agent's turn: ${agent}. ${why}`,
        who: agent,
        trace_id: null,
      },
    ];
  const whom = people.length > 0 ? namesOf(people) : 'nobody, as nobody is on duty';
  const again = cycle > 1 ? `, for the ${ordinal(cycle)} time` : '';
  const text = `Level ${level} of ${of}, ${name}, is asked${again}: ${whom}. ${why}`;
  return [{ at: instant(at), event: level === 1 && cycle === 1 ? 'asked' : 'passed_on', text, who: null, trace_id: null }];
}

const ended = ({ event, end, routed_at: at }: HandoffRouted): readonly HistoryLine[] =>
  event === 'end' && end
    ? [{ at, event: 'end', text: `The handoff is to end, ${end.type}: ${end.reason}`, who: null, trace_id: null }]
    : [];

const namesOf = (people: readonly PersonId[]): string => people.join(', ');

/** JSON has no dates: what was kept as one comes back as a text. */
const instant = (at: Date): string => new Date(at).toISOString();

function ordinal(count: number): string {
  const ending = count % 100 >= 11 && count % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}
