import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { handoffAccepted, handoffDecisions } from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, costsByStored, isCostAsked, FLAT, startTestService, type TestService } from '@handoff/testing';

const POLICY = `
policy: { id: test, name: Test }
people: [{ id: ana, name: Ana, roles: [responder], addresses: [] }]
teams: [{ id: support, name: Support, members: [ana] }]
rules: [{ id: default, match: {}, levels: [{ name: support, target: { team: support } }] }]
`;

let folder: string;
let routing: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-routing-'));
  await writeFile(join(folder, 'policy.yaml'), POLICY);
  const env = { POLICY_FILE: join(folder, 'policy.yaml') };
  routing = await startTestService({ service: 'routing', load: () => import('./routing.module.js'), env });
});
afterAll(async () => {
  await routing?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Filling the tables takes its time: HANDOFF_STORED_ROWS=1000000 npm test -- --only stored-cost */
const ifAsked = isCostAsked ? it : it.skip;

ifAsked(
  'routes and ends a handoff at the same cost, however many have ended',
  async () => {
    const fill = (from: number, to: number) =>
      routing.query(
        `WITH made AS (
         INSERT INTO assignments (handoff_id, tenant, agent_id, task_id, packet_version, urgency, accepted_at, intake_sequence, policy_version,
           state, ended_at, routed, rejection_id, rejected_at)
         SELECT gen_random_uuid(), 'default', 'refunds-agent', 'task-' || n, 1, 'low', at, 1, 1, 'ended', at,
           '{"sequence":1,"cycle":1,"level":{"number":1}}', gen_random_uuid(), CASE WHEN n % 10 = 0 THEN at END
         FROM generate_series($1::int, $2::int) AS n, LATERAL (SELECT handoff_now() - n * interval '1 second' AS at) AS clock)
       INSERT INTO tasks SELECT 'default', 'refunds-agent', 'task-' || n FROM generate_series($1::int, $2::int) AS n`,
        [from, to],
      );
    const work = async (handoffs: number): Promise<void> => {
      const accepted = Array.from({ length: handoffs }, () => anAcceptedHandoff());
      await routing.deliver(handoffAccepted, accepted);
      await routing.deliver(
        handoffDecisions,
        accepted.map((it) => aDecision(it)),
      );
    };
    const { few, many } = await costsByStored({ service: routing, fill, work });
    expect(many.blocks).toBeLessThan(few.blocks * FLAT);
  },
  900_000,
);
