import { auditCosts, auditRows, startTestService, type TestService } from '@handoff/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { audits } from './audits.js';

let notifier: TestService;

beforeAll(async () => {
  const env = {
    DESK_URL: 'https://desk.example.test',
    SIGN_IN_LINK_SECRET: 'a-secret-of-tests-with-more-than-32-characters',
    WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  };
  notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env });
  // Nearly all are delivered; one in a hundred is a rung that is held; two are being sent, one of them by nobody any more.
  await notifier.query(
    `INSERT INTO notifications (id, handoff_id, level, cycle, recipient, channel, state, due_at, lease_until)
     SELECT gen_random_uuid(), gen_random_uuid(), 1, 1, 'ana', 'webhook',
            CASE WHEN n < 3 THEN 'sending' WHEN n % 100 = 3 THEN 'due' ELSE 'delivered' END,
            CASE WHEN n % 100 = 3 THEN 'infinity' ELSE at - interval '1 hour' END,
            CASE n WHEN 1 THEN at - interval '2 minutes' WHEN 2 THEN at + interval '1 hour' END
     FROM generate_series(1, $1::int) AS n, LATERAL (SELECT handoff_now() AS at) AS clock`,
    [auditRows()],
  );
}, 600_000);

afterAll(() => notifier?.stop());

it('finds the notification whose sender is gone among all that there are, by an index', async () => {
  // The sender claims it as soon as it looks, so what is found is one or none; what it costs is what is asked here.
  const [pastLease] = await auditCosts(notifier, audits());
  expect(pastLease).toMatchObject({ finding: 'past_lease', scanned: [] });
  expect(pastLease?.milliseconds).toBeLessThan(100);
}, 600_000);
