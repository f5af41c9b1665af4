import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { handoffAccepted, handoffDecisions, handoffEscalations, newId } from '@handoff/contracts';
import { aDecision, bareFields, costsByStored, isCostAsked, FLAT, startTestService, type TestService } from '@handoff/testing';

let door: TestService;

beforeAll(async () => {
  const env = { DATA_KEY: randomBytes(32).toString('base64') };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
});
afterAll(() => door?.stop());

/** Filling the tables takes its time: HANDOFF_STORED_ROWS=1000000 npm test -- --only stored-cost */
const ifAsked = isCostAsked ? it : it.skip;

ifAsked(
  'accepts and answers a handoff at the same cost, however many have ended',
  async () => {
    const fill = (from: number, to: number) =>
      door.query(
        `WITH ids AS MATERIALIZED (SELECT n, gen_random_uuid() AS id FROM generate_series($1::int, $2::int) AS n),
            made AS (INSERT INTO handoffs (handoff_id, tenant, agent_id, task_id, accepted_at, routed_at, ended_at, status, sequence, progress)
                     SELECT id, 'default', 'refunds-agent', 'task-' || n, at, at, at, 'decided', 4, '{}'
                     FROM ids, LATERAL (SELECT handoff_now() - n * interval '1 second' AS at) AS clock),
            key AS (INSERT INTO newness (key, rule, handoff_id, content_digest) SELECT id, 'key', id, '' FROM ids)
       INSERT INTO packets SELECT id, 1, convert_to(repeat('x', 400), 'UTF8') FROM ids`,
        [from, to],
      );
    const work = async (handoffs: number): Promise<void> => {
      const batch = newId();
      const packets = Array.from({ length: handoffs }, (_, n) => bareFields({ task_id: `${batch}-${n}`, agent: { id: 'refunds-agent' } }));
      await door.deliverRaw(
        handoffEscalations,
        packets.map((it) => ({ value: JSON.stringify(it) })),
      );
      const accepted = (await door.published(handoffAccepted)).filter(({ task_id }) => task_id.startsWith(batch));
      expect(accepted).toHaveLength(handoffs);
      await door.deliver(
        handoffDecisions,
        accepted.map((it) => aDecision(it)),
      );
    };
    const { few, many } = await costsByStored({ service: door, fill, work });
    expect(many.blocks).toBeLessThan(few.blocks * FLAT);
  },
  900_000,
);
