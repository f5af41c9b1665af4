import type { Seconds } from '@handoff/contracts';
import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { Seen } from '../seen.js';

/** A header's second and a network's delay explain less than this. */
const MOST_SECONDS: Seconds = 5;

/** Everybody's clock beside the database's, by which everything is timed; where that is not seen, beside this machine's. */
export const clockSkew: Check = { name: 'clock skew', judge: (seen) => judgeProcesses(seen).concat(judgeDatabase(seen)) };

function judgeProcesses({ processes, postgres }: Seen): readonly Finding[] {
  const server = postgres && valueOf(postgres);
  const [than, base] = server ? ['the database’s', server.aheadSeconds] : ['this machine’s', 0];
  return processes.flatMap(({ service, url, live, later }) => {
    // Its own word counts: the date of its answers may be the machine's, where only the process has another time.
    const told = valueOf(later)?.sum('handoff_clock_ahead_seconds') ?? null;
    const ahead = told === null ? (valueOf(live)?.aheadSeconds ?? base) - base : Math.round(told);
    return Math.abs(ahead) > MOST_SECONDS
      ? [skewed(`${service} at ${url}`, `The clock of this process is ${offBy(ahead)} ${told === null ? than : 'the database’s'}.`, ahead)]
      : [];
  });
}

function judgeDatabase({ postgres }: Seen): readonly Finding[] {
  const server = postgres && valueOf(postgres);
  if (!server) return [];
  const moved = server.schemas.filter(({ clockAheadSeconds: ahead }) => ahead !== null && Math.abs(ahead) > MOST_SECONDS);
  return [
    ...(Math.abs(server.aheadSeconds) > MOST_SECONDS
      ? [
          skewed(
            'postgres',
            `The database’s clock is ${offBy(server.aheadSeconds)} this machine’s; one of them is wrong.`,
            server.aheadSeconds,
          ),
        ]
      : []),
    ...moved.map(({ schema, clockAheadSeconds: ahead }) =>
      skewed(`schema ${schema}`, `Its clock, handoff_now(), is ${offBy(ahead ?? 0)} the server’s own.`, ahead ?? 0),
    ),
  ];
}

const offBy = (ahead: Seconds): string => `${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'}`;

const skewed = (part: string, saw: string, ahead: Seconds): Finding => ({
  ...{ severity: 'ticket', part, saw, figures: { ahead_seconds: ahead }, runbook: 'handoff-clock-skew' },
  whatToDo:
    'Let NTP keep the clocks, and slew them. What counts is told by the database’s clock alone; logs and traces are off by as much.',
});
