import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  days,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffRouted,
  OPERATOR,
  signServiceToken,
  type HandoffAccepted,
  type HandoffClock,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, cleanedBy, eventually, rowsOf, startTestService, type TestService } from '@handoff/testing';

const POLICY = `
policy: { id: test, name: Test }
people: [{ id: ana, name: Ana, roles: [responder], addresses: [] }]
teams: [{ id: support, name: Support, members: [ana] }]
rules: [{ id: default, match: {}, levels: [{ name: support, target: { team: support } }] }]
`;
const SECRET = 'a secret that operators and services share';
const TABLES = ['assignments', 'held_events'];
const MANY = 2500;

describe('assignments, of two replicas that both clean', () => {
  let folder: string;
  let routing: TestService;
  const sameTask = { packet: { task_id: 'shared' } };
  const [old, young, open] = [anAcceptedHandoff(sameTask), anAcceptedHandoff(sameTask), anAcceptedHandoff()] as const;
  const [neverCame, cameLate] = [anAcceptedHandoff(), anAcceptedHandoff()] as const;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-routing-'));
    await writeFile(join(folder, 'policy.yaml'), POLICY);
    routing = await startTestService({
      service: 'routing',
      load: () => import('./routing.module.js'),
      env: { POLICY_FILE: join(folder, 'policy.yaml'), HANDOFF_DAYS: '40', CLEAN_EVERY_SECONDS: '1', SERVICE_TOKEN_SECRET: SECRET },
      replicas: 2,
    });
    await routing.deliver(handoffAccepted, [old, open]);
    await routing.deliver(handoffDecisions, [aDecision(old), aDecision(neverCame)]);
  });
  afterAll(async () => {
    await routing?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const tasks = async (): Promise<readonly string[]> =>
    (await routing.query<{ task_id: string }>('SELECT task_id FROM tasks')).map(({ task_id }) => task_id).toSorted();
  const saidOf = async ({ handoff_id }: HandoffAccepted): Promise<number> =>
    (await routing.published(handoffRouted)).filter((it) => it.handoff_id === handoff_id).length;

  /** A record that could not be taken, as the bus keeps it. */
  async function aDeadLetter(accepted: HandoffAccepted, daysAgo: number): Promise<string> {
    const [row] = await routing.query<{ id: string }>(
      `INSERT INTO dead_letters (id, topic, "partition", "offset", key, value, headers, error_code, error_message, died_at, record_timestamp)
       SELECT gen_random_uuid(), 'handoff.accepted', 0, 0, NULL, convert_to($1, 'UTF8'), $2, 'handler_failed', '', at, extract(epoch FROM at) * 1000
       FROM (SELECT handoff_now() - make_interval(days => $3) AS at) AS died RETURNING id`,
      [
        JSON.stringify(accepted),
        { ce_id: accepted.handoff_id, ce_type: handoffAccepted.type, ce_source: 'handoff/intake', ce_specversion: '1.0' },
        daysAgo,
      ],
    );
    return row?.id ?? '';
  }

  async function replay(id: string): Promise<{ readonly status: number; readonly code: unknown }> {
    const claims = { subject: 'olga', roles: [OPERATOR], tenant: DEFAULT_TENANT, audience: 'routing' };
    const headers = { authorization: `Bearer ${signServiceToken(claims, SECRET)}` };
    const response = await fetch(`${routing.url}/operator/v1/dead-letters/${id}/replay`, { method: 'POST', headers });
    return { status: response.status, code: ((await response.json()) as { code?: unknown }).code };
  }

  it('are there as long as the setting says, and then gone where they have ended', async () => {
    await routing.advance(days(39));
    await routing.deliver(handoffAccepted, [young]);
    await routing.deliver(handoffDecisions, [aDecision(young, { decided_at: new Date(Date.now() + days(39) * 1000).toISOString() })]);
    expect(await cleanedBy(routing, 'assignments')).toBe(0);
    await routing.advance(days(2));
    await eventually('those that ended long ago are gone', async () => (await cleanedBy(routing, 'assignments')) === 1);
    await eventually('what waited for one that never came is gone', async () => (await cleanedBy(routing, 'held_events')) === 1);
    const none = [0, 0];
    expect(await rowsOf(routing, TABLES, [old, young, open, neverCame])).toEqual([none, [1, 0], [1, 0], none]);
  });

  it('leave their tasks as they were: what comes for one finds those that are still here', async () => {
    expect(await tasks()).toEqual([open.task_id]); // a lock, which nobody held
    const again = anAcceptedHandoff({ packet: { task_id: open.task_id, recommended_action: 'Ask the shop.' } });
    await routing.deliver(handoffAccepted, [again]);
    const [said] = (await routing.published(handoffRouted)).filter(({ handoff_id }) => handoff_id === again.handoff_id);
    expect(said?.related).toEqual([open.handoff_id]);
  });

  it('go in steps, each of them once, whichever replica is faster, tasks with them', async () => {
    await routing.query(
      `WITH made AS (
         INSERT INTO assignments (handoff_id, tenant, agent_id, task_id, packet_version, urgency, accepted_at, intake_sequence, policy_version, state, ended_at, routed)
         SELECT gen_random_uuid(), 'default', 'a', 'many-' || n % 1000, 1, 'low', at, 1, 1, 'ended', at, '{"sequence":1,"cycle":1,"level":{"number":1}}'
         FROM generate_series(1, $1::int) AS n, (SELECT handoff_now() - interval '41 days' AS at) AS clock)
       INSERT INTO tasks SELECT 'default', 'a', 'many-' || n FROM generate_series(0, 999) AS n`,
      [MANY],
    );
    await eventually('all of them are gone', async () => (await cleanedBy(routing, 'assignments')) === 1 + MANY);
    expect(await tasks()).toEqual([open.task_id]);
  });

  it('that are gone begin no more by a replay: a dead letter of that age is refused, a younger one is taken', async () => {
    expect(await replay(await aDeadLetter(old, 40))).toEqual({ status: 409, code: 'too_old' });
    expect(await rowsOf(routing, TABLES, [old])).toEqual([[0, 0]]);
    expect(await saidOf(old)).toBe(1);
    expect(await replay(await aDeadLetter(cameLate, 38))).toMatchObject({ status: 200 });
    expect(await saidOf(cameLate)).toBe(1);
  });

  it('that are gone move nobody where the clock or the decision speaks of them once more', async () => {
    const before = await routing.published(handoffRouted);
    const now = new Date().toISOString();
    const { tenant, handoff_id } = old;
    const clock: HandoffClock = {
      ...{ tenant, handoff_id, sequence: 9, packet_version: 1, event: 'breached', clock: 'decide_by', level: 1, cycle: 1 },
      ...{ due_at: now, fired_at: now, share: null, result: null },
    };
    await routing.deliver(handoffClock, [clock, { ...clock, event: 'unrouted', sequence: 10 }]);
    await routing.deliver(handoffDecisions, [aDecision(old)]);
    expect(await routing.published(handoffRouted)).toEqual(before);
    expect((await rowsOf(routing, ['assignments'], [old]))[0]).toEqual([0]);
  });
});
