import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  days,
  handoffAccepted,
  handoffDecisions,
  handoffEscalations,
  handoffFeedback,
  handoffReplies,
  newId,
  UNKNOWN_AGENT,
  type HandoffAccepted,
  type HandoffFeedback,
} from '@handoff/contracts';
import { aDecision, bareFields, cleanedBy, eventually, rowsOf, startTestService, type TestService } from '@handoff/testing';

const TABLES = ['handoffs', 'packets', 'requests', 'newness'];
const GONE = [0, 0, 0, 0];
const MANY = 2500;

describe('what agents sent, at two replicas that both clean', () => {
  let door: TestService;
  const after = (n: number): string => new Date(Date.now() + days(n) * 1000).toISOString();
  const record = (value: object) => ({ value: JSON.stringify(value) });

  beforeAll(async () => {
    const env = { DATA_KEY: randomBytes(32).toString('base64'), HANDOFF_DAYS: '40', CLEAN_EVERY_SECONDS: '1' };
    door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env, replicas: 2 });
  });
  afterAll(() => door?.stop());

  const accept = async (task_id: string, over: object = {}): Promise<HandoffAccepted> => {
    await door.deliverRaw(handoffEscalations, [record(bareFields({ task_id, ...over }))]);
    const accepted = (await door.published(handoffAccepted)).findLast((it) => it.task_id === task_id);
    if (!accepted) throw new Error(`${task_id} was not accepted.`);
    return accepted;
  };

  it('is there as long as the setting says, and then gone where it has ended', async () => {
    const [old, young, open] = [
      await accept('old', { idempotency_key: 'mine' }),
      await accept('young', { idempotency_key: 'other' }),
      await accept('open'),
    ];
    await door.deliverRaw(handoffReplies, [record({ reply: 'withdraw', task_id: 'old', reason: 'solved' })]);
    await door.deliverRaw(handoffEscalations, [record({ urgency: 'none' })]);
    expect(await rowsOf(door, TABLES, [old, young, open])).toEqual([
      [1, 1, 1, 1],
      [1, 1, 0, 1],
      [1, 1, 0, 1],
    ]);
    await door.deliver(handoffDecisions, [aDecision(old)]);
    await door.advance(days(39));
    await door.deliver(handoffDecisions, [aDecision(young, { decided_at: after(39) })]);
    expect(await cleanedBy(door, 'handoffs')).toBe(0);
    expect(await door.query('SELECT 1 FROM rejections')).toHaveLength(1);
    await door.advance(days(2));
    await eventually('what ended long ago is gone', async () => (await cleanedBy(door, 'handoffs')) === 1);
    await eventually('and so is the refusal', async () => (await cleanedBy(door, 'rejections')) === 1);
    // By its content alone a packet is known for a day.
    expect(await rowsOf(door, TABLES, [old, young, open])).toEqual([GONE, [1, 1, 0, 1], [1, 1, 0, 0]]);
    expect((await accept('old', { idempotency_key: 'mine' })).handoff_id).not.toBe(old.handoff_id);
  });

  it('goes in steps, each of them once, whichever replica is faster, while agents go on', async () => {
    await door.query(
      `WITH ids AS MATERIALIZED (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)),
            made AS (INSERT INTO handoffs (handoff_id, tenant, agent_id, task_id, ended_at, status, sequence, progress)
                     SELECT id, 'default', 'a', id::text, handoff_now() - interval '41 days', 'decided', 1, '{}' FROM ids),
            key AS (INSERT INTO newness (key, rule, handoff_id, content_digest) SELECT id, 'key', id, '' FROM ids)
       INSERT INTO packets SELECT id, version, '' FROM ids, generate_series(1, 3) AS version`,
      [MANY],
    );
    await accept('meanwhile');
    await eventually('all of them are gone', async () => (await cleanedBy(door, 'handoffs')) === 1 + MANY);
    const left = await door.query<{ n: number }>('SELECT count(*)::int AS n FROM packets');
    expect(left).toEqual(await door.query('SELECT count(*)::int AS n FROM handoffs'));
  });

  it('that is gone is not open again where its decision or a late feedback speaks of it', async () => {
    const late = await accept('late');
    await door.deliver(handoffDecisions, [aDecision(late, { decided_at: after(-60) })]);
    await eventually('it is gone', async () => (await rowsOf(door, TABLES, [late]))[0]?.join() === GONE.join());
    const { tenant, handoff_id, agent_id, task_id } = late;
    const unknown = { verdict: 'unknown', source: 'rule', weight: 0 } as const;
    const followed = { verdict: 'followed', correct: null, source: 'rule', edit_distance: null } as const;
    const feedback: HandoffFeedback = {
      ...{ tenant, handoff_id, sequence: 2, packet_version: 1, agent_id, task_id, decision_id: newId(), revision: 2 },
      ...{ escalation: unknown, recommendation: followed, note: '', at: after(0) },
    };
    await door.deliver(handoffFeedback, [feedback]);
    const open = await door.query('SELECT 1 FROM handoffs WHERE handoff_id = $1 AND ended_at IS NULL', [handoff_id]);
    expect({ agent_id, open }).toEqual({ agent_id: UNKNOWN_AGENT, open: [] });
    await door.deliver(handoffDecisions, [aDecision(late, { decided_at: after(-60) })]);
    await eventually('what was kept of it is gone again', async () => (await rowsOf(door, TABLES, [late]))[0]?.join() === GONE.join());
  });
});
