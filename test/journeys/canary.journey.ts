import { CANARY_AGENT, handoffDecisions, handoffFeedback, handoffNotified, type HandoffDecision, type Service } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JourneySystem, OWN_POLICY, SHIPPED_POLICY } from './support/journey-system.js';
import type { Person } from './support/person.js';
import { series, type Series } from './support/scrape.js';

let system: JourneySystem;
let chloe: Person;

beforeAll(async () => {
  const canary = { CANARY_EVERY_SECONDS: '2', CANARY_WAIT_SECONDS: '2' };
  system = await JourneySystem.start({ replicas: 1, policyFile: SHIPPED_POLICY, canary });
  chloe = await system.person('chloe');
});
afterAll(() => system?.stop());

const isCanarys = ({ agent_id }: HandoffDecision): boolean => agent_id === CANARY_AGENT;
const valueOf = (all: readonly Series[], name: string, labels: object = {}): number =>
  all.find((it) => it.name === name && Object.entries(labels).every(([label, value]) => it.labels[label] === value))?.value ?? 0;
const ofCanary = (): Promise<readonly Series[]> => series(system.canary.url);
const made = async (): Promise<number> => valueOf(await ofCanary(), 'handoff_canary_rounds_total', { result: 'made' });

async function makesARound(): Promise<void> {
  const before = await made();
  await eventually('the canary comes round', async () => (await made()) > before);
}

describe('the canary', () => {
  it('makes its round: asked as an agent, told by webhook, answered by its robot at the desk, heard to the end', async () => {
    await makesARound();
    const decision = await system.event('its answer', handoffDecisions, isCanarys);
    expect(decision).toMatchObject({ type: 'respond', decided_by: [{ subject: 'canary-robot', channel: 'desk' }] });
    await system.event('its feedback', handoffFeedback, (it) => it.handoff_id === decision.handoff_id);
    const last = valueOf(await ofCanary(), 'handoff_canary_last_success_seconds');
    expect(Math.abs(Date.now() / 1000 - last)).toBeLessThan(60);
  });

  it('is nobody else’s: no person is told, none has it on the desk or can be given something by handing it to the robot', async () => {
    await makesARound();
    const told = (await system.events(handoffNotified)).filter(({ event }) => event === 'delivered');
    expect([...new Set(told.map(({ recipient }) => recipient))]).toEqual(['canary-robot']);
    for (const state of ['open', 'ended']) expect(await chloe.lists(`state=${state}`)).toEqual([]);
    expect(await chloe.lists(`state=ended&agent_id=${CANARY_AGENT}`)).not.toEqual([]);
    expect((await chloe.mayHandTo()).toSorted()).toEqual(['ana', 'ben', 'chloe', 'leads', 'managers', 'support']);
  });

  it('is in no figure that is about people', async () => {
    await makesARound();
    const all = (
      await Promise.all((['sla-monitor', 'notifier', 'feedback'] as const).flatMap((it) => system.replicasOf(it)).map(series))
    ).flat();
    for (const name of ['handoff_sla_results_total', 'handoff_time_to_decision_seconds_count', 'handoff_time_to_notify_seconds_count'])
      expect([name, all.filter((it) => it.name === name && it.value > 0)]).toEqual([name, []]);
    expect(all.filter((it) => it.name === 'handoff_feedback_labels_total')).toEqual([]);
  });

  it.each<readonly [Service, string]>([
    ['feedback', 'feedback'],
    ['notifier', 'notified'],
    ['routing', 'routed'],
    ['intake', 'accepted'],
  ])('says, while %s is away, that it does not come to the stage "%s", and comes round once that is back', async (service, stage) => {
    await makesARound();
    await system.service(service).stop();
    await eventually(`it stops at ${stage}`, async () => valueOf(await ofCanary(), 'handoff_canary_missing', { stage }) === 1);
    await system.service(service).start();
    await makesARound();
    expect(valueOf(await ofCanary(), 'handoff_canary_missing', { stage })).toBe(0);
    expect(valueOf(await ofCanary(), 'handoff_canary_failures_total', { stage })).toBeGreaterThan(0);
  });

  it('takes itself back and asks nothing more where the policy would have people asked', async () => {
    await system.service('routing').restart({ POLICY_FILE: OWN_POLICY });
    const toPeople = await system.event('somebody is asked', handoffNotified, ({ recipient }) => recipient !== 'canary-robot');
    const end = await system.event('it ends', handoffDecisions, ({ handoff_id }) => handoff_id === toPeople.handoff_id);
    expect(end.type).toBe('withdrawn');
    const before = (await system.events(handoffDecisions)).filter(isCanarys).length;
    await eventually('it is silent', async () => valueOf(await ofCanary(), 'handoff_canary_failures_total', { stage: 'routed' }) > 0);
    expect((await system.events(handoffDecisions)).filter(isCanarys).length - before).toBeLessThanOrEqual(1);
  });
});
