import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { days, handoffAccepted, handoffClock, handoffDecisions, handoffRouted } from '@handoff/contracts';
import {
  aDecision,
  anAcceptedHandoff,
  aRouting,
  cleanedBy,
  eventually,
  rowsOf,
  startTestService,
  type TestService,
} from '@handoff/testing';

const TABLES = ['handoffs', 'clocks'];
const GONE = [0, 0];
const MANY = 2500;

describe('handoffs and their clocks, of two replicas that both clean', () => {
  let slaMonitor: TestService;
  const [old, withdrawn, young, open] = [1, 2, 3, 4].map(() => anAcceptedHandoff()) as [Handoff, Handoff, Handoff, Handoff];
  type Handoff = ReturnType<typeof anAcceptedHandoff>;
  const after = (n: number): string => new Date(Date.now() + days(n) * 1000).toISOString();

  beforeAll(async () => {
    slaMonitor = await startTestService({
      service: 'sla-monitor',
      load: () => import('./sla-monitor.module.js'),
      env: { HANDOFF_DAYS: '40', CLEAN_EVERY_SECONDS: '1' },
      replicas: 2,
    });
    await slaMonitor.deliver(handoffAccepted, [old, withdrawn, young, open]);
    await slaMonitor.deliver(handoffRouted, [aRouting(old), aRouting(young)]);
    await slaMonitor.deliver(handoffDecisions, [aDecision(old), aDecision(withdrawn, { type: 'withdrawn', decided_by: [] })]);
  });
  afterAll(() => slaMonitor?.stop());

  it('are there as long as the setting says, and then gone where they have ended', async () => {
    await slaMonitor.advance(days(39));
    await slaMonitor.deliver(handoffDecisions, [aDecision(young, { decided_at: after(39) })]);
    expect(await cleanedBy(slaMonitor, 'handoffs')).toBe(0);
    await slaMonitor.advance(days(2));
    await eventually('those that ended long ago are gone', async () => (await cleanedBy(slaMonitor, 'handoffs')) === 2);
    const [ofOld, ofWithdrawn, ofYoung, ofOpen] = await rowsOf(slaMonitor, TABLES, [old, withdrawn, young, open]);
    expect([ofOld, ofWithdrawn, ofYoung]).toEqual([GONE, GONE, [1, 0]]);
    expect(ofOpen?.[0]).toBe(1);
    expect(ofOpen?.[1]).toBeGreaterThan(0); // forty days open, and a clock is armed all the same
  });

  it('go in steps, each of them once, whichever replica is faster', async () => {
    await slaMonitor.query(
      `INSERT INTO handoffs (handoff_id, tenant, state, packet_version, level, cycle, sequence, accepted_sequence, routed_sequence, moved_sequence, ended_at)
       SELECT gen_random_uuid(), 'default', 'ended', 1, 1, 1, 1, 1, 1, 0, handoff_now() - interval '41 days' FROM generate_series(1, $1::int)`,
      [MANY],
    );
    await eventually('all of them are gone', async () => (await cleanedBy(slaMonitor, 'handoffs')) === 2 + MANY);
    expect(await slaMonitor.query('SELECT handoff_id FROM handoffs')).toHaveLength(2);
  });

  it('that are gone stay so where the decision is told once more: no clock, nobody is paged', async () => {
    const before = (await slaMonitor.published(handoffClock)).filter(({ handoff_id }) => handoff_id === old.handoff_id);
    await slaMonitor.deliver(handoffDecisions, [aDecision(old)]);
    await eventually('what was kept of it is gone again', async () => (await rowsOf(slaMonitor, TABLES, [old]))[0]?.join() === GONE.join());
    const told = (await slaMonitor.published(handoffClock)).filter(({ handoff_id }) => handoff_id === old.handoff_id);
    expect(told).toEqual(before);
  });
});
