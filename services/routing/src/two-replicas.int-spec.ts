import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffClock,
  handoffRouted,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffRouted,
} from '@handoff/contracts';
import { anAcceptedHandoff, eventually, startTestService, type TestService } from '@handoff/testing';

const MAIN = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const POLICY = `
policy: { id: test, name: Test }
people: [{ id: ana, name: Ana, roles: [responder], addresses: [] }]
teams: [{ id: support, name: Support, members: [ana] }]
rules:
  - id: default
    match: {}
    levels: [{ name: One, target: { team: support } }, { name: Two, target: { team: support } }]
`;
const TASKS = 6;

function breachOf({ tenant, handoff_id, accepted_at }: HandoffAccepted): HandoffClock {
  return {
    ...{ tenant, handoff_id, sequence: 1, packet_version: 1, event: 'breached', clock: 'decide_by', level: 1, cycle: 1 },
    ...{ due_at: accepted_at, fired_at: accepted_at, share: null, result: null },
  };
}

/** The build, on the same topics, group and schema; ready once it has its share of the partitions. */
async function startReplica(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, HTTP_PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = line.startsWith('{') ? (JSON.parse(line) as { url?: string }) : {};
    if (url === undefined) continue;
    child.stdout.resume();
    await eventually('the second replica is ready', async () => (await fetch(`${url}/health/ready`)).ok);
    return child;
  }
  throw new Error('The second replica ended before it listened.');
}

describe('two replicas of routing', () => {
  let folder: string;
  let routing: TestService;
  let replica: ChildProcess | null = null;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-routing-'));
    const POLICY_FILE = join(folder, 'policy.yaml');
    await writeFile(POLICY_FILE, POLICY);
    routing = await startTestService({ service: 'routing', load: () => import('./routing.module.js'), env: { POLICY_FILE } });
    replica = await startReplica();
  });

  afterAll(async () => {
    if (replica?.kill('SIGTERM')) await once(replica, 'exit');
    await routing?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('page once for each task, and lose no breach that comes before its handoff', async () => {
    const handoffs = Array.from({ length: TASKS * 10 }, (_, i) => anAcceptedHandoff({ packet: { task_id: `task-${i % TASKS}` } }));
    const chunks = Array.from({ length: TASKS }, (_, i) => handoffs.slice(i * 10, i * 10 + 10));
    await Promise.all(
      chunks.flatMap((chunk) => [routing.deliver(handoffAccepted, chunk), routing.deliver(handoffClock, chunk.map(breachOf))]),
    );
    const said = await eventually('both replicas have sent what they wrote', async () => {
      const all = await routing.published(handoffRouted);
      const last = new Map(all.map((it): [string, HandoffRouted] => [it.handoff_id, it]));
      return [...last.values()].filter(({ level }) => level.number === 2).length === handoffs.length && [...last.values()];
    });
    expect(said.filter(({ page }) => page)).toHaveLength(TASKS);
    const firsts = new Set(said.filter(({ page }) => page).map(({ handoff_id }) => handoff_id));
    for (const { page, duplicate_of } of said) expect(page || (duplicate_of !== null && firsts.has(duplicate_of))).toBe(true);
    expect(await routing.query('SELECT * FROM held_events')).toEqual([]);
    expect(await routing.query('SELECT * FROM dead_letters')).toEqual([]);
  });
});
