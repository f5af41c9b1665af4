import type { Check } from '../check.js';
import type { Finding } from '../finding.js';
import { valueOf } from '../looked.js';
import type { PostgresSeen, ProcessSeen } from '../seen.js';

const RUNBOOK = 'handoff-database';
/** A batch is half a dozen round trips; at this it takes a fifth of a second where it took a few milliseconds. */
const SLOW_MS = 30;
/** Of a process's own question to Postgres, behind its answer to `/health/ready`. */
const SLOW_READY_MS = 250;
const FULL_SHARE = 0.9;

/** Postgres: reachable, quick, taking writes, with room for connections. */
export const database: Check = {
  name: 'database',
  judge: ({ postgres, processes }) => [
    ...(postgres === null ? [] : postgres.kind === 'unseen' ? [away(postgres.why)] : judgeServer(postgres.value)),
    ...judgeReadiness(processes),
  ],
};

const away = (why: string): Finding => ({
  severity: 'page',
  part: 'postgres',
  saw: `Postgres could not be looked at: ${why}.`,
  figures: {},
  whatToDo: 'See whether it runs, and whether DATABASE_URL names it. Everything waits for it and goes on by itself.',
  runbook: RUNBOOK,
});

function judgeServer({ isReadOnly, roundTripMs, connectMs, connections, mostConnections }: PostgresSeen): readonly Finding[] {
  const findings: readonly (Finding | false)[] = [
    isReadOnly && {
      ...{ severity: 'page', part: 'postgres', figures: {}, runbook: RUNBOOK },
      saw: 'Postgres takes no writes: it is a standby, or default_transaction_read_only is on.',
      whatToDo: 'Point DATABASE_URL of the services to the primary, or end the read-only state; they go on by themselves.',
    },
    roundTripMs > SLOW_MS &&
      slow('postgres', `A question to Postgres takes ${roundTripMs} ms, and connecting ${connectMs} ms`, roundTripMs),
    connections > mostConnections * FULL_SHARE && {
      ...{ severity: 'ticket', part: 'postgres', figures: { connections, most: mostConnections }, runbook: RUNBOOK },
      saw: `${connections} of ${mostConnections} connections are in use; who needs another one is refused.`,
      whatToDo: 'See who has them (pg_stat_activity); lower DATABASE_POOL_SIZE, or raise max_connections.',
    },
  ];
  return findings.filter((it) => it !== false);
}

/** What a process needs longer for where it asks Postgres than where it does not. */
const judgeReadiness = (processes: readonly ProcessSeen[]): readonly Finding[] =>
  processes.flatMap(({ service, url, live, ready }) => {
    if (live.kind === 'unseen' || ready.kind === 'unseen' || !valueOf(ready)?.ok) return [];
    const ms = ready.tookMs - live.tookMs;
    return ms > SLOW_READY_MS ? [slow(`${service} at ${url}`, `Asking Postgres takes this process ${ms} ms`, ms)] : [];
  });

const slow = (part: string, saw: string, ms: number): Finding => ({
  severity: 'page',
  part,
  saw: `${saw}: everything that people and agents wait for takes several of those.`,
  figures: { milliseconds: ms },
  whatToDo: 'Look at the server’s load, disk and network, and at the longest statements (pg_stat_activity).',
  runbook: RUNBOOK,
});
