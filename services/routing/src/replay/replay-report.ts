import { markdownTable } from 'markdown-table';
import type { ReplayResult } from './replay-log.js';
import type { LogFigures, Spread } from './tally.js';

/** What was found and what is supposed, as a page. */
export function replayReport({ policy, logs }: ReplayResult): string {
  const { critical, normal } = policy.sla;
  const calendar = policy.calendar === null ? 'around the clock' : `in the working time of its calendar \`${policy.calendar}\``;
  return `# Replay of incident logs

<!-- written by npm run replay -- --out docs -->

What the policy \`${policy.id}\` would have done with the cases of real incident logs, by the service's own choices: the same rules, levels,
windows, duty and calendars as for a handoff, along the timestamps of the log. Critical ones have ${minutes(critical)} min around the clock, normal
ones ${minutes(normal)} min ${calendar}. The logs are no part of this project; these are figures derived from them.

\`\`\`sh
npm run replay                     # the logs in ../shared/data, where that is beside the checkout
npm run replay -- --help           # another log, another policy, JSON
\`\`\`

![How much earlier somebody else would have been asked](images/replay.svg)

${logs.map(sectionOf).join('\n\n')}

${SUPPOSED}
`;
}

const SUPPOSED = `## What is observed, and what is supposed

- **Observed**: when a case came before a team, when its status, team or person changed, its support line (bpic13), and its impact or priority.
- **A wait** begins as a case is opened, comes to another team, or is put back into the queue. It ends with the first later event by which
  somebody took it up, passed it on or solved it. bpic13: its status is not \`Queued\`. uci: it is \`Resolved\` or
  \`Closed\`, another person has it, or, in the same group, its state has changed and is not \`New\`.
- **A breach** is a wait that is longer than the window of whoever is asked. It is _caught_, as the policy then asks somebody else; the log did not.
  _Minutes earlier_ run from there to when somebody acted in the log: the most that could have been gained. What those who were asked would have
  done is not known.
- **Unattended**: by the policy's shifts nobody was on duty, at that line or above, before somebody acted; the fallback channel is paged at once.
- **Went wrong** is the log's own word. bpic13: the case was pushed up a line, until its first push. uci: its SLA was missed, until it was
  resolved. _Caught before_: the policy would have asked somebody else in one of its waits before that.
- **Supposed**: impact High or Major (bpic13) and priority 1 or 2 (uci) are urgency high, Medium or 3 medium, Low or 4 low. uci has no lines, so each
  change of group counts as one line up, to the third; its times name no offset and are taken for those of the calendar's time zone. The shifts are
  the policy's, and not those of the logs. Each wait is a handoff of its own, without regard to who else has how much to do.
- **Left out**: waits whose end the log does not see, and what comes after a case is held at the last level and paged again.`;

function sectionOf({ log, cases, asks, unknown, lines, levels, went_wrong: wrong }: LogFigures): string {
  return `## ${log}

${cases} cases, ${asks} waits, of which the log does not see the end of ${unknown}. Of ${wrong.cases} cases that went wrong, the policy would have asked
somebody else before in ${wrong.caught_before}: ${spreadOf(wrong.minutes_earlier)} minutes earlier (median / nine in ten at most).

${markdownTable([
  ['line', 'class', 'waits', 'taken up at once', 'in time', 'unattended', 'breaches caught', 'moves', 'minutes earlier: p50 / p90'],
  ...lines.map(({ line, sla, asks: waits, at_once, in_time, unattended, breaches_caught, moves, minutes_earlier }) =>
    [line, sla, waits, at_once, in_time, unattended, breaches_caught, moves, spreadOf(minutes_earlier)].map(String),
  ),
])}

${markdownTable([
  ['asked', 'first', 'after a breach', 'of these, again', 'nobody on duty', 'who'],
  ...levels.map(({ level, first, after_a_breach, again, nobody, people }) =>
    [level, first, after_a_breach, again, nobody, whoOf(people)].map(String),
  ),
])}`;
}

const minutes = (seconds: number): number => seconds / 60;
const spreadOf = (it: Spread | null): string => (it ? `${it.p50} / ${it.p90}` : '–');
const whoOf = (people: Readonly<Record<string, number>>): string =>
  Object.entries(people)
    .map(([person, times]) => `${person} ${times}`)
    .join(', ');
