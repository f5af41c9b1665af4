import { handoffDecisions, type HandoffAccepted } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

/** Their partitions are shared out among the replicas; that all of so many fall to one is not to be expected in a lifetime. */
const HANDOFFS = 24;

let system: JourneySystem;
let agent: Agent;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start();
  [agent, ana] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ana')]);
});
afterAll(() => system?.stop());

async function askedTogether(): Promise<readonly HandoffAccepted[]> {
  const asked = await Promise.all(Array.from({ length: HANDOFFS }, () => agent.asks()));
  await Promise.all(asked.map(({ handoff_id }) => ana.opens(handoff_id)));
  return asked;
}

async function consumed(replica: string, topic: string): Promise<number> {
  const metrics = await (await fetch(`${replica}/metrics`)).text();
  return Number(new RegExp(`^handoff_records_consumed_total\\{topic="${topic}"[^}]*\\} (\\d+)`, 'm').exec(metrics)?.[1] ?? 0);
}

describe('with two replicas of everything', () => {
  it('an agent that waits hears the decision at either one, whichever consumed it', async () => {
    const asked = await askedTogether();
    const waiting = asked.flatMap(({ handoff_id }) =>
      system.replicasOf('intake').map((replica) => agent.gets(`${replica}/v1/handoffs/${handoff_id}?wait=60&after=0`)),
    );
    await Promise.all(asked.map(({ handoff_id }) => ana.answers(handoff_id, { type: 'approve' })));
    for (const { status, body } of await Promise.all(waiting))
      expect({ status, body }).toMatchObject({ status: 200, body: { status: 'decided', decision: { type: 'approve' } } });
    for (const replica of system.replicasOf('intake')) expect(await consumed(replica, handoffDecisions.topic)).toBeGreaterThan(0);
  });

  it('an open page of either one hears of every handoff that comes, and of every one that ends', async () => {
    const pages = await Promise.all(system.replicasOf('notifier').map((replica) => ana.at(replica).follows()));
    try {
      const asked = await askedTogether();
      await Promise.all(pages.flatMap((page) => asked.map(({ handoff_id }) => page.tellOf(handoff_id))));
      for (const page of pages) page.forget();
      await Promise.all(asked.map(({ handoff_id }) => ana.answers(handoff_id, { type: 'approve' })));
      await Promise.all(pages.flatMap((page) => asked.map(({ handoff_id }) => page.tellOf(handoff_id))));
      for (const replica of system.replicasOf('notifier')) expect(await consumed(replica, 'handoff.routed')).toBeGreaterThan(0);
    } finally {
      for (const page of pages) page.close();
    }
  });

  it('a session opened at one holds at the other, and ends at both', async () => {
    const ben = await system.person('ben');
    const [one, other] = system.replicasOf('notifier').map((replica) => ben.at(replica));
    expect([await one?.me(), await other?.me()]).toMatchObject([{ body: { subject: 'ben' } }, { body: { subject: 'ben' } }]);
    await one?.signsOut();
    expect([await one?.me(), await other?.me()]).toMatchObject([{ status: 401 }, { status: 401 }]);
  });

  it('what an agent sends to one again, the other knows', async () => {
    const [one, other] = system.replicasOf('intake');
    const packet = agent.packet();
    const first = await agent.posts(`${one}/v1/handoffs`, packet, { 'idempotency-key': 'sent-twice' });
    const again = await agent.posts(`${other}/v1/handoffs`, packet, { 'idempotency-key': 'sent-twice' });
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 200, body: { handoff_id: first.body['handoff_id'] } });
  });
});
