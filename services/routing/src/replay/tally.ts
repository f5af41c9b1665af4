import type { HandoffRouted, Milliseconds } from '@handoff/contracts';
import type { Ask, LoggedCase } from './ask.js';
import type { Played } from './replay-ask.js';

export interface Spread {
  readonly p50: number;
  readonly p90: number;
}

/** How the waits of one support line and SLA class went. */
export interface LineFigures {
  readonly line: number;
  readonly sla: string;
  readonly asks: number;
  /** Somebody acted at the instant at which it came. */
  readonly at_once: number;
  /** Somebody acted before the policy would have moved it; those at once included. */
  readonly in_time: number;
  /** Nobody was on duty by the policy, there or above, before somebody acted; the fallback would have been paged. */
  readonly unattended: number;
  /** Nobody did: the policy would have asked somebody else by then. */
  readonly breaches_caught: number;
  /** How often it would have; a case may be moved more than once. */
  readonly moves: number;
  readonly minutes_earlier: Spread | null;
}

export interface LevelFigures {
  readonly level: string;
  /** Asked as the case came to its line. */
  readonly first: number;
  /** Asked as somebody before them had let their time pass. */
  readonly after_a_breach: number;
  /** Of those, with the same level again, as none was left. */
  readonly again: number;
  /** Asked with nobody on duty there or above, until somebody came. */
  readonly nobody: number;
  readonly people: Readonly<Record<string, number>>;
}

export interface LogFigures {
  readonly log: string;
  readonly cases: number;
  readonly asks: number;
  /** Waits that the log does not see the end of; they are in no other figure. */
  readonly unknown: number;
  readonly lines: readonly LineFigures[];
  readonly levels: readonly LevelFigures[];
  /** Cases that went wrong by the log's own account. */
  readonly went_wrong: {
    readonly cases: number;
    /** Those of which the policy would have moved a wait before. */
    readonly caught_before: number;
    readonly minutes_earlier: Spread | null;
  };
  /** By how much earlier, of each breach that was caught: minutes, ascending at every percent. */
  readonly earlier: readonly number[];
}

interface LineCounts {
  asks: number;
  atOnce: number;
  unattended: number;
  moves: number;
  readonly earlier: Milliseconds[];
}

interface LevelCounts {
  first: number;
  afterBreach: number;
  again: number;
  nobody: number;
  readonly people: Map<string, number>;
}

const unasked = (): LevelCounts => ({ first: 0, afterBreach: 0, again: 0, nobody: 0, people: new Map() });

/** Counts one log, a case after the other. */
export class Tally {
  private cases = 0;
  private unknown = 0;
  private wrong = 0;
  private readonly wrongEarlier: Milliseconds[] = [];
  private readonly lines = new Map<string, LineCounts>();
  private readonly levels = new Map<string, LevelCounts>();

  /** @param levels in the order in which they are told */
  constructor(
    private readonly log: string,
    levels: readonly string[],
  ) {
    for (const level of levels) this.levels.set(level, unasked());
  }

  count({ asks, wrongAt }: LoggedCase, played: ReadonlyMap<Ask, Played>): void {
    this.cases++;
    this.unknown += asks.length - played.size;
    for (const [ask, play] of played) this.countAsk(ask, play);
    if (wrongAt === null) return;
    this.wrong++;
    const moved = [...played.values()].flatMap(({ moves }) => moves.map(({ routed_at }) => Date.parse(routed_at)));
    const before = wrongAt.getTime() - Math.min(...moved);
    if (before > 0) this.wrongEarlier.push(before);
  }

  figures(): LogFigures {
    const lines = [...this.lines].toSorted(([one], [other]) => one.localeCompare(other)).map(lineFigures);
    return {
      ...{ log: this.log, cases: this.cases, asks: this.unknown + lines.reduce((sum, { asks }) => sum + asks, 0), unknown: this.unknown },
      lines,
      levels: [...this.levels].map(levelFigures),
      went_wrong: { cases: this.wrong, caught_before: this.wrongEarlier.length, minutes_earlier: spread(this.wrongEarlier) },
      earlier: percentiles([...this.lines.values()].flatMap(({ earlier }) => earlier)),
    };
  }

  private countAsk({ line, askedAt, actedAt }: Ask, { told, moves, earlier }: Played): void {
    const [first] = told;
    if (!first) return;
    const counts = kept(this.lines, `${line} ${first.sla.class}`, () => ({ asks: 0, atOnce: 0, unattended: 0, moves: 0, earlier: [] }));
    counts.asks++;
    counts.moves += moves.length;
    if (actedAt?.getTime() === askedAt.getTime()) counts.atOnce++;
    else if (told.every(({ asked }) => asked.length === 0)) counts.unattended++;
    if (earlier !== null) counts.earlier.push(earlier);
    for (const routed of told) this.countLevel(routed, moves.includes(routed));
  }

  private countLevel({ level, cycle, asked, sequence }: HandoffRouted, isMove: boolean): void {
    const counts = kept(this.levels, level.name, unasked);
    if (sequence === 1) counts.first++;
    if (isMove) counts.afterBreach++;
    if (isMove && cycle > 1) counts.again++;
    if (asked.length === 0) counts.nobody++;
    for (const person of asked) counts.people.set(person, (counts.people.get(person) ?? 0) + 1);
  }
}

function lineFigures([key, { asks, atOnce, unattended, moves, earlier }]: readonly [string, LineCounts]): LineFigures {
  const [line = '', sla = ''] = key.split(' ');
  return {
    ...{ line: Number(line), sla, asks, at_once: atOnce, in_time: asks - unattended - earlier.length, unattended },
    ...{ breaches_caught: earlier.length, moves, minutes_earlier: spread(earlier) },
  };
}

const levelFigures = ([level, { first, afterBreach, again, nobody, people }]: readonly [string, LevelCounts]): LevelFigures => ({
  ...{ level, first, after_a_breach: afterBreach, again, nobody },
  people: Object.fromEntries([...people].toSorted(([one], [other]) => one.localeCompare(other))),
});

function kept<T>(map: Map<string, T>, key: string, make: () => T): T {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

const spread = (values: readonly Milliseconds[]): Spread | null => {
  const every = percentiles(values);
  const [p50, p90] = [every[50], every[90]];
  return p50 === undefined || p90 === undefined ? null : { p50, p90 };
};

/** In minutes; the nearest rank. Empty where there is nothing. */
function percentiles(values: readonly Milliseconds[]): readonly number[] {
  const inOrder = values.toSorted((one, other) => one - other);
  if (inOrder.length === 0) return [];
  return Array.from({ length: 101 }, (_, percent) => minutesOf(inOrder[Math.max(0, Math.ceil((percent / 100) * inOrder.length) - 1)] ?? 0));
}

const minutesOf = (milliseconds: Milliseconds): number => Math.round(milliseconds / 6000) / 10;
