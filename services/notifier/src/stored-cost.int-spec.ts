import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDirectory,
  handoffRouted,
  sha256,
  type DirectoryEntry,
  type HandoffAccepted,
} from '@handoff/contracts';
import {
  anAcceptedHandoff,
  aRouting,
  costsByStored,
  isCostAsked,
  eventually,
  FLAT,
  startTestService,
  type TestService,
} from '@handoff/testing';

const ORIGIN = 'http://desk.test';
const SECRET = 'a secret that is long enough for signing';
const TOKEN = 'cookie-of-ana';
const ANA = {
  ...{ tenant: DEFAULT_TENANT, id: 'person:ana', entry: 'person', name: 'Ana', version: 1, active: true, roles: ['responder'] },
  ...{ teams: ['support'], addresses: [], changed_at: '2026-01-01T00:00:00Z' },
} as unknown as DirectoryEntry; // ids are plain texts in this test

let notifier: TestService;

beforeAll(async () => {
  const env = {
    DESK_URL: ORIGIN,
    SIGN_IN_LINK_SECRET: SECRET,
    WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
  };
  notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env });
  await notifier.deliver(handoffDirectory, [ANA]);
  await notifier.query(`INSERT INTO sessions VALUES ($1, 'ana', 'default', handoff_now(), handoff_now() + interval '1 day')`, [
    sha256(TOKEN),
  ]);
});
afterAll(() => notifier?.stop());

const ask = (path: string, body?: object): Promise<Response> =>
  fetch(`${notifier.url}/desk/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      cookie: `handoff_session=${TOKEN}`,
      'x-handoff-desk': '1',
      origin: ORIGIN,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

const answer = async ({ handoff_id }: HandoffAccepted): Promise<void> => {
  const answered = await ask(`handoffs/${handoff_id}/decisions`, { packet_version: 1, type: 'approve' });
  if (answered.status !== 201) throw new Error(await answered.text());
};

/** Filling the tables takes its time: HANDOFF_STORED_ROWS=1000000 npm test -- --only stored-cost */
const ifAsked = isCostAsked ? it : it.skip;

ifAsked(
  'asks, shows and ends a handoff at the same cost, however many have ended',
  async () => {
    const fill = (from: number, to: number) =>
      notifier.query(
        `WITH ids AS MATERIALIZED (SELECT n, gen_random_uuid() AS id, handoff_now() - n * interval '1 second' AS at FROM generate_series($1::int, $2::int) AS n),
            made AS (INSERT INTO desk_items (handoff_id, tenant, state, task_id, agent_id, ended_at)
                     SELECT id, 'default', 'ended', 'task-' || n, 'refunds-agent', at FROM ids),
            told AS (INSERT INTO notifications (id, handoff_id, level, cycle, recipient, channel, state, due_at, lane)
                     SELECT gen_random_uuid(), id, 1, 1, who, 'webhook', 'delivered', at, 'default/refunds-agent' FROM ids, unnest(ARRAY['ana', 'ben']) AS who),
            decided AS (INSERT INTO decisions SELECT id, gen_random_uuid(), '{}', at FROM ids),
            said AS (INSERT INTO audit_log SELECT gen_random_uuid(), at, 'default', 'ana', 'approve', id, '{}' FROM ids)
       INSERT INTO packets SELECT id, 1, to_jsonb(repeat('x', 400)), '{}' FROM ids`,
        [from, to],
      );
    const work = async (handoffs: number): Promise<void> => {
      const accepted = Array.from({ length: handoffs }, () => anAcceptedHandoff());
      await notifier.deliver(handoffAccepted, accepted);
      await notifier.deliver(
        handoffRouted,
        accepted.map((it) => aRouting(it)),
      );
      await eventually(
        'every copy was tried',
        async () => (await notifier.query(`SELECT 1 FROM notifications WHERE state = 'due' AND attempts = 0 LIMIT 1`)).length === 0,
      );
      expect(((await (await ask('handoffs?state=open')).json()) as { items: unknown[] }).items).toHaveLength(handoffs);
      for (const it of accepted) await answer(it);
    };
    const { few, many } = await costsByStored({ service: notifier, fill, work });
    expect(many.blocks).toBeLessThan(few.blocks * FLAT);
  },
  900_000,
);
