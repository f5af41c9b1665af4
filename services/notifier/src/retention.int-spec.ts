import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  days,
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffRouted,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffRouted,
} from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, cleanedBy, eventually, rowsOf, startTestService, type TestService } from '@handoff/testing';

const TABLES = ['desk_items', 'packets', 'notifications', 'decisions'];
const GONE = [0, 0, 0, 0];
const MANY = 2500;
const SECRET = 'a secret that is long enough for signing';

describe('the desk, of two replicas that both clean', () => {
  let notifier: TestService;
  let fallback: Server;
  let pages = 0;
  const [old, young, open, arriving] = [1, 2, 3, 4].map(() => anAcceptedHandoff()) as [
    HandoffAccepted,
    HandoffAccepted,
    HandoffAccepted,
    HandoffAccepted,
  ];

  beforeAll(async () => {
    fallback = createServer((_, response) => {
      pages++;
      response.end();
    });
    await new Promise<void>((done) => fallback.listen(0, '127.0.0.1', done));
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('./notifier.module.js'),
      env: {
        DESK_URL: 'http://desk.test',
        SIGN_IN_LINK_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        FALLBACK_WEBHOOK_URL: `http://127.0.0.1:${(fallback.address() as AddressInfo).port}/`,
        HANDOFF_DAYS: '40',
        CLEAN_EVERY_SECONDS: '1',
      },
      replicas: 2,
    });
    await notifier.deliver(handoffAccepted, [old, young, open, arriving]);
    await notifier.deliver(handoffRouted, [asked(old), asked(young), { ...asked(open), page: false }]);
    await notifier.deliver(handoffRouted, [ending(old)]);
  });
  afterAll(async () => {
    await notifier?.stop();
    fallback.close();
  });

  /** Two people, on a rung that is not due at once. */
  const asked = (accepted: HandoffAccepted): HandoffRouted => aRouting(accepted, { ladder: [{ channel: 'webhook', after_seconds: 3600 }] });
  const ending = (accepted: HandoffAccepted): HandoffRouted =>
    aRouting(accepted, { event: 'end', sequence: 2, end: { type: 'withdrawn', reason: 'solved' } });
  const auditOf = ({ handoff_id }: HandoffAccepted) => notifier.query('SELECT act FROM audit_log WHERE handoff_id = $1', [handoff_id]);

  it('has handoffs as long as the setting says, and then not those that have ended', async () => {
    await notifier.advance(days(39));
    await notifier.deliver(handoffRouted, [ending(young)]);
    expect(await rowsOf(notifier, TABLES, [old, young])).toEqual([
      [1, 1, 2, 1],
      [1, 1, 2, 1],
    ]);
    await notifier.query(`INSERT INTO dead_letter_pages SELECT gen_random_uuid(), 'delivered', '{}', at, at
      FROM generate_series(0, 39, 39) AS days, LATERAL (SELECT handoff_now() - make_interval(days => days) AS at) AS clock`);
    await notifier.query(`INSERT INTO sessions SELECT n, 'ana', 'default', at - interval '12 hours', at + n * interval '1 hour'
      FROM generate_series(-1, 100, 101) AS n, (SELECT handoff_now() AS at) AS clock`);
    await notifier.advance(days(2));
    await eventually('what ended long ago is gone', async () => (await cleanedBy(notifier, 'desk_items')) === 1);
    await eventually('so is the page', async () => (await cleanedBy(notifier, 'dead_letter_pages')) === 1);
    await eventually('so is the session', async () => (await cleanedBy(notifier, 'sessions')) >= 1);
    expect(await rowsOf(notifier, TABLES, [old, young, open, arriving])).toEqual([GONE, [1, 1, 2, 1], [1, 1, 0, 0], [1, 1, 0, 0]]);
    expect(await notifier.query('SELECT token_hash FROM sessions')).toEqual([{ token_hash: '100' }]);
  });

  it('lets them go in steps, each of them once, whichever replica is faster', async () => {
    await notifier.query(
      `WITH ids AS MATERIALIZED (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)),
            made AS (INSERT INTO desk_items (handoff_id, tenant, state, ended_at) SELECT id, 'default', 'ended', handoff_now() - interval '41 days' FROM ids),
            told AS (INSERT INTO notifications (id, handoff_id, level, cycle, recipient, channel, state, due_at)
                     SELECT gen_random_uuid(), id, 1, 1, who, 'webhook', 'delivered', '-infinity' FROM ids, unnest(ARRAY['ana', 'ben']) AS who)
       INSERT INTO packets SELECT id, 1, '{}', '{}' FROM ids`,
      [MANY],
    );
    await eventually('all of them are gone', async () => (await cleanedBy(notifier, 'desk_items')) === 1 + MANY);
    expect(await notifier.query('SELECT 1 FROM packets')).toHaveLength(3);
    expect(await notifier.query('SELECT 1 FROM notifications')).toHaveLength(2);
  });

  it('pages nobody for one that is gone, and ends it no second time', async () => {
    const before = await notifier.published(handoffDecisions);
    const now = new Date().toISOString();
    const { tenant, handoff_id } = old;
    const clock: HandoffClock = {
      ...{ tenant, handoff_id, sequence: 9, packet_version: 1, event: 'unrouted', clock: 'route_by', level: 1, cycle: 1 },
      ...{ due_at: now, fired_at: now, share: null, result: null },
    };
    await notifier.deliver(handoffClock, [clock]);
    await notifier.deliver(handoffRouted, [ending(old)]);
    await eventually(
      'it was tried',
      async () => (await notifier.query('SELECT 1 FROM notifications WHERE handoff_id = $1 AND attempts > 1', [handoff_id])).length > 0,
    );
    expect(pages).toBe(0);
    expect(await notifier.published(handoffDecisions)).toEqual(before);
  });

  it('says on the audit log who ended them for longer, and then no more', async () => {
    expect(await auditOf(old)).toEqual([{ act: 'withdrawn' }]);
    await notifier.advance(days(361));
    await eventually('its entry is gone', async () => (await auditOf(old)).length === 0);
    expect(await auditOf(young)).toEqual([{ act: 'withdrawn' }]);
  });
});
