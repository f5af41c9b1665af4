import { auditCosts, auditRows, startTestService, type TestService } from '@handoff/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { audits } from './audits.js';

let slaMonitor: TestService;

beforeAll(async () => {
  slaMonitor = await startTestService({ service: 'sla-monitor', load: () => import('./sla-monitor.module.js') });
  // One in a hundred is open. Each of those has a clock but the first, and one has only been told of by a move.
  await slaMonitor.query(
    `INSERT INTO handoffs (handoff_id, tenant, state, packet_version, level, cycle, sequence, accepted_sequence, routed_sequence, moved_sequence)
     SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'default', CASE WHEN n % 100 = 1 THEN 'open' ELSE 'ended' END,
            1, 1, 1, 1, CASE WHEN n = 101 THEN 0 ELSE 1 END, 0, 1 FROM generate_series(1, $1::int) AS n`,
    [auditRows()],
  );
  await slaMonitor.query(
    `INSERT INTO clocks SELECT handoff_id, clock, 1, 1, 1, 'infinity', handoff_now()
     FROM handoffs, unnest(ARRAY['decide_by', 'ack_by']) AS clock WHERE state = 'open' AND handoff_id > '00000000-0000-4000-8000-000000000101'`,
  );
}, 600_000);

afterAll(() => slaMonitor?.stop());

it('finds the open handoff without a clock among all that there are, by indexes on the open ones alone', async () => {
  const [unclocked] = await auditCosts(slaMonitor, audits());
  expect(unclocked).toMatchObject({ finding: 'unclocked', found: 1 });
  expect(unclocked?.scanned).not.toContain('handoffs');
  expect(unclocked?.milliseconds).toBeLessThan(500);
}, 600_000);
