import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { handoffAccepted, handoffDecisions, handoffRouted } from '@handoff/contracts';
import {
  aDecision,
  anAcceptedHandoff,
  aRouting,
  costsByStored,
  isCostAsked,
  FLAT,
  startTestService,
  type TestService,
} from '@handoff/testing';

let slaMonitor: TestService;

beforeAll(async () => {
  slaMonitor = await startTestService({ service: 'sla-monitor', load: () => import('./sla-monitor.module.js') });
});
afterAll(() => slaMonitor?.stop());

/** Filling the tables takes its time: HANDOFF_STORED_ROWS=1000000 npm test -- --only stored-cost */
const ifAsked = isCostAsked ? it : it.skip;

ifAsked(
  'arms and disarms a handoff’s clocks at the same cost, however many have ended',
  async () => {
    const fill = (from: number, to: number) =>
      slaMonitor.query(
        `INSERT INTO handoffs (handoff_id, tenant, state, packet_version, level, cycle, sequence, accepted_sequence, routed_sequence, moved_sequence, ended_at)
       SELECT gen_random_uuid(), 'default', 'ended', 1, 1, 1, 1, 1, 1, 0, handoff_now() - n * interval '1 second'
       FROM generate_series($1::int, $2::int) AS n`,
        [from, to],
      );
    const work = async (handoffs: number): Promise<void> => {
      const accepted = Array.from({ length: handoffs }, () => anAcceptedHandoff());
      await slaMonitor.deliver(handoffAccepted, accepted);
      await slaMonitor.deliver(
        handoffRouted,
        accepted.map((it) => aRouting(it)),
      );
      await slaMonitor.deliver(
        handoffDecisions,
        accepted.map((it) => aDecision(it)),
      );
    };
    const { few, many } = await costsByStored({ service: slaMonitor, fill, work });
    expect(many.blocks).toBeLessThan(few.blocks * FLAT);
  },
  900_000,
);
