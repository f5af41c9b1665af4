import { basename } from 'node:path';
import type { SlaClass, Seconds } from '@handoff/contracts';
import type { Policy } from '../domain/policy.js';
import type { Ask, LoggedCase } from './ask.js';
import { readCases } from './read-cases.js';
import { ReplayedPolicy, type Played } from './replay-ask.js';
import { Tally, type LogFigures } from './tally.js';

/** The one line of `--json`. */
export interface ReplayResult {
  readonly policy: { readonly id: string; readonly sla: Readonly<Record<SlaClass, Seconds>>; readonly calendar: string | null };
  readonly logs: readonly LogFigures[];
}

/** Times without an offset are the office's own: those of the calendar in which the policy's windows run. */
export async function replayLog(file: string, policy: Policy): Promise<LogFigures> {
  const timeZone = policy.calendars?.find(({ id }) => id === policy.slaCalendar)?.timeZone ?? 'UTC';
  const replayed = new ReplayedPolicy(policy);
  const tally = new Tally(basename(file).replace(/\.jsonl(\.gz)?$/, ''), levelsOf(policy));
  for await (const it of readCases(file, timeZone)) tally.count(it, played(replayed, it));
  return tally.figures();
}

const levelsOf = ({ catchAll, rules }: Policy): readonly string[] => [
  ...new Set([catchAll, ...rules].flatMap(({ levels }) => levels.map(({ name }) => name))),
];

function played(policy: ReplayedPolicy, { asks, urgency }: LoggedCase): ReadonlyMap<Ask, Played> {
  return new Map(asks.flatMap((ask) => (ask.actedAt ? [[ask, policy.play(ask, urgency, ask.actedAt)] as const] : [])));
}
