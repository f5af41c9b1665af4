import { handoffAccepted, handoffDecisions, handoffNotified, type HandoffAccepted, type JsonObject } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

let system: JourneySystem;
let agent: Agent;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  [agent, ana] = await Promise.all([system.agentWithKey('claims-agent'), system.person('ana')]);
});
afterAll(() => system?.stop());

describe('an agent that crashed after asking', () => {
  it('asks the same again, finds one handoff that waits, and goes on from its answer', async () => {
    const packet = agent.packet({ resume: { checkpoint: 'run-12' } });
    const taskId = String(packet['task_id']);
    await publishTwice(JSON.stringify(packet), JSON.stringify(packet));
    await agent.accepted(taskId);
    await everythingBeforeIsRead();

    const waiting = await agent.lists('open', taskId);
    expect(waiting).toMatchObject([{ task_id: taskId, agent_id: agent.id, decision: null }]);
    const handoffId = String(waiting[0]?.['handoff_id']);
    await ana.opens(handoffId);
    await ana.answers(handoffId, { type: 'approve' });

    const [ended] = await eventually('it is answered', async () => {
      const list = await agent.lists('ended', taskId);
      return list.length > 0 && list;
    });
    expect(ended).toMatchObject({ handoff_id: handoffId, status: 'decided', decision: { type: 'approve', packet_version: 1 } });
    expect(ended).toMatchObject({ decision: { action: { name: 'refund_order' }, resume: { checkpoint: 'run-12' } } });
    expect(await agent.lists('open', taskId)).toEqual([]);
  });

  it('is known by its idempotency key, however the packet is written, over Kafka and over HTTP', async () => {
    const packet = agent.packet({ idempotency_key: `claim-${Date.now()}` });
    const taskId = String(packet['task_id']);
    const reordered = Object.fromEntries(Object.entries(packet).toReversed());
    await publishTwice(JSON.stringify(packet), JSON.stringify(reordered, null, 2));
    const { handoff_id } = await agent.accepted(taskId);
    await everythingBeforeIsRead();
    expect(await agent.posts('', packet)).toMatchObject({ status: 200, body: { handoff_id } });
    expect(await acceptances(taskId)).toHaveLength(1);

    const other = await agent.posts('', { ...packet, current_state: 'Something else.' });
    expect(other).toMatchObject({ status: 422, body: { errors: [{ code: 'idempotency_conflict' }] } });
    expect(await agent.lists('open', taskId)).toHaveLength(1);
  });

  it('over HTTP is told on the second try what it was told on the first', async () => {
    const packet = agent.packet();
    const key = { 'idempotency-key': `once-${Date.now()}` };
    const [first, second] = [await agent.posts('', packet, key), await agent.posts('', packet, key)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body['handoff_id']).toEqual(first.body['handoff_id']);
    expect(first.headers.get('location')).toBe(`/v1/handoffs/${String(first.body['handoff_id'])}`);
  });
});

describe('an agent in a loop', () => {
  it('hears the rejection again, at once and wherever it listens, and disturbs nobody', async () => {
    const packet = agent.packet();
    await agent.publishes(JSON.stringify(packet));
    const first = await agent.accepted(String(packet['task_id']));
    await ana.opens(first.handoff_id);
    const { body } = await ana.answers(first.handoff_id, { type: 'reject', message: 'The parcel was delivered.' });
    await agent.hearsDecision(`/${first.handoff_id}`);
    const repeated = { type: 'reject', message: 'The parcel was delivered.', repeats: body['decision_id'], decided_by: [], action: null };

    await agent.publishes(JSON.stringify(packet)); // byte for byte
    const same = await system.event(
      'it is taken once more',
      handoffAccepted,
      (it) => it.task_id === first.task_id && it.handoff_id !== first.handoff_id,
    );
    expect(await agent.decision(same.handoff_id)).toMatchObject(repeated);
    const again = await asksAgain(first, { urgency: 'high' });
    expect(await agent.decision(again.handoff_id)).toMatchObject(repeated);
    const once = await agent.posts('', agent.packet({ task_id: first.task_id }), { 'idempotency-key': `loop-${Date.now()}` });
    expect(once).toMatchObject({ status: 201 });
    const { body: view } = await agent.gets(`/${String(once.body['handoff_id'])}?wait=20&after=0`);
    expect(view).toMatchObject({ status: 'decided', decision: repeated });

    const other = await asksAgain(first, { steps_completed: ['asked the carrier'] });
    await ana.opens(other.handoff_id); // a step more is another question
    const told = (await system.events(handoffNotified)).filter(({ handoff_id }) => handoff_id === again.handoff_id);
    expect(told).toEqual([]);
  });
});

describe('an agent that has more to say', () => {
  it('sees its context applied; the person reads it, and an answer to what was before is refused with what changed', async () => {
    const { handoff_id } = await agent.asks({ resume: 'r-1' });
    await ana.opens(handoff_id);
    const request = await agent.posts(`/${handoff_id}/context`, { context: { current_state: 'The customer has cancelled.' } });
    expect(request).toMatchObject({ status: 202, body: { state: 'pending', packet_version: 2 } });
    expect(await settled(handoff_id, request.body['request_id'])).toMatchObject({
      type: 'add_context',
      state: 'applied',
      packet_version: 2,
    });

    expect(await ana.looksAt(handoff_id)).toMatchObject({
      packet_version: 2,
      packet: { current_state: { text: 'The customer has cancelled.' }, recommended_action: { name: 'refund_order' } },
    });
    const stale = await ana.answers(handoff_id, { type: 'approve', packet_version: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'version_changed', packet_version: 2, changed: ['current_state'] } });
    expect(await ana.answers(handoff_id, { type: 'reject' })).toMatchObject({ status: 201 });
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'reject', packet_version: 2, resume: 'r-1' });
  });

  it('withdraws what it asked: it leaves the desk, and whoever still answers is told', async () => {
    const { handoff_id } = await agent.asks();
    await ana.opens(handoff_id);
    const request = await agent.posts(`/${handoff_id}/withdraw`, { reason: 'The customer has found the parcel.' });
    expect(request).toMatchObject({ status: 202, body: { state: 'pending' } });

    expect(await settled(handoff_id, request.body['request_id'])).toMatchObject({ type: 'withdraw', state: 'applied' });
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'withdrawn', decided_by: [], action: null });
    expect((await ana.queue()).map((it) => it['handoff_id'])).not.toContain(handoff_id);
    const late = await ana.answers(handoff_id, { type: 'approve' });
    expect(late).toMatchObject({ status: 409, body: { code: 'already_decided', decision: { type: 'withdrawn' } } });
    expect(late.body['detail']).toMatch(/^This handoff ended as withdrawn on .*: The customer has found the parcel\./);
  });

  it('is too late when a person was first: the decision stands, and the request names it', async () => {
    const { handoff_id } = await agent.asks();
    await ana.opens(handoff_id);
    await system.service('routing').stop(); // so that the person is first for certain
    const request = await agent.posts(`/${handoff_id}/withdraw`, { reason: 'Not needed any more.' });
    expect(request).toMatchObject({ status: 202, body: { state: 'pending' } });
    const answer = await ana.answers(handoff_id, { type: 'approve' });
    const tooLate = await settled(handoff_id, request.body['request_id']);
    expect(tooLate).toMatchObject({ state: 'too_late', decision_id: answer.body['decision_id'] });

    await system.service('routing').start();
    for (const [path, body] of [
      ['withdraw', { reason: 'Really.' }],
      ['context', { context: { current_state: 'New.' } }],
    ] as const)
      expect(await agent.posts(`/${handoff_id}/${path}`, body)).toMatchObject({ status: 409, body: { code: 'already_ended' } });
    const decisions = (await system.events(handoffDecisions)).filter((it) => it.handoff_id === handoff_id);
    expect(decisions).toMatchObject([{ type: 'approve', packet_version: 1 }]);
  });
});

/** With one key, hence in one partition, in this order. */
async function publishTwice(first: string, second: string): Promise<void> {
  await agent.publishes(first, { key: PARTITION });
  await agent.publishes(second, { key: PARTITION });
}

/** What was published with that key before has been judged once this is accepted. */
async function everythingBeforeIsRead(): Promise<void> {
  const packet = agent.packet();
  await agent.publishes(JSON.stringify(packet), { key: PARTITION });
  await agent.accepted(String(packet['task_id']));
}

/** The same task once more, with what the journey changes about its packet. */
async function asksAgain({ task_id }: HandoffAccepted, over: JsonObject): Promise<HandoffAccepted> {
  const tag = `again-${Date.now()}`;
  await agent.publishes(JSON.stringify(agent.packet({ task_id, tags: [tag], ...over })));
  return system.event('it is accepted', handoffAccepted, ({ packet }) => packet.tags?.includes(tag) === true);
}

const PARTITION = 'one-partition';

async function acceptances(taskId: string): Promise<readonly HandoffAccepted[]> {
  return (await system.events(handoffAccepted)).filter((it) => it.task_id === taskId);
}

async function settled(handoffId: string, requestId: unknown): Promise<object> {
  return eventually('the request is settled', async () => {
    const { body } = await agent.gets(`/${handoffId}/requests/${String(requestId)}`);
    return body['state'] !== 'pending' && body;
  });
}
