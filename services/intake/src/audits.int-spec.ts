import { randomBytes } from 'node:crypto';
import { auditCosts, auditRows, eventually, startTestService, type TestService } from '@handoff/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { audits } from './audits.js';
import type { IntakeConfig } from './intake.config.js';

let door: TestService;

beforeAll(async () => {
  const env = { DATA_KEY: randomBytes(32).toString('base64') };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
  // One in a hundred is open, and three of those were never routed.
  await door.query(
    `INSERT INTO handoffs (handoff_id, tenant, agent_id, task_id, accepted_at, routed_at, ended_at, status, sequence, progress)
     SELECT gen_random_uuid(), 'default', 'a', n::text, at, CASE WHEN n > 300 THEN at END, CASE WHEN n % 100 > 0 THEN at END, 'routed', 1, '{}'
     FROM generate_series(1, $1::int) AS n, LATERAL (SELECT handoff_now() - interval '1 hour' - n * interval '1 ms' AS at) AS clock`,
    [auditRows()],
  );
}, 600_000);

afterAll(() => door?.stop());

it('finds the few that nobody routed among all that there are, by an index', async () => {
  const [unrouted] = await auditCosts(door, audits({ UNROUTED_AFTER_SECONDS: 90 } as IntakeConfig));
  expect(unrouted).toMatchObject({ finding: 'unrouted', found: 3, scanned: [] });
  expect(unrouted?.milliseconds).toBeLessThan(100);
}, 600_000);

it('counts events that nobody sends and records that nobody could take, and says when it looked', async () => {
  await door.query(
    `INSERT INTO dead_letters (id, topic, "partition", "offset", headers, error_code, error_message, died_at, replayed_at)
     SELECT gen_random_uuid(), 't', 0, n, '{}', 'unreadable', '', handoff_now(), CASE WHEN n > 2 THEN handoff_now() END FROM generate_series(1, 5) n`,
  );
  const before = Date.now() / 1000;
  await door.restart(); // it looks as it starts
  const figure = async (name: string): Promise<number> =>
    Number(new RegExp(`^handoff_audit_${name}[^ ]* (\\S+)`, 'm').exec(await (await fetch(`${door.url}/metrics`)).text())?.[1]);
  await eventually('an audit is completed', async () => (await figure('heartbeat_seconds')) >= before);
  expect(await figure('findings\\{finding="dead_letters"')).toBe(2);
  expect(await figure('findings\\{finding="unrouted"')).toBe(3);
  expect(await figure('findings\\{finding="unpublished"')).toBe(0);
});
