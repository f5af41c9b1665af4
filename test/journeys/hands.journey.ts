import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { handoffAssignments, handoffDecisions, isJsonObject, type Json, type JsonObject } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';

const REAL = new URL('../../../shared/data/tau_handoff_dev.jsonl.gz', import.meta.url);

let system: JourneySystem;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
});
afterAll(() => system?.stop());

const stateIn = (bytes: string): string => {
  const { accumulated_state: state = null } = JSON.parse(bytes) as JsonObject; // as it was sent
  return JSON.stringify(isJsonObject(state) ? state['value'] : null);
};
const stateOf = (value: Json): JsonObject => ({ accumulated_state: { schema_id: 'acme/refund-run/1', value } });

async function takes(agent: Agent, handoffId: string): Promise<void> {
  await agent.takes(handoffId);
  await agent.decision(handoffId); // it may be passed on by whoever has it
}

describe('a task that agents pass on', () => {
  it('goes through five pairs of hands, past one that refuses, with its state as it was, and never back', async () => {
    const task = { task_id: `task-${randomUUID()}` };
    const [one, three, four, five] = (await Promise.all(
      ['one', 'three', 'four', 'five'].map((id) => system.agentWithKey(`hand-${id}`)),
    )) as [Agent, Agent, Agent, Agent]; // as many as there are names
    const brokers = await Promise.all(['hand-broker-1', 'hand-broker-2'].map((id) => system.agentWithKey(id)));
    for (const it of brokers) await it.isCountedOn('refunds');
    const first = await one.passesOn({ capability: 'refunds' }, { ...task, ...stateOf({ hop: 1 }) });
    const { agent_id: refuser, offer_id } = await system.event('it is offered', handoffAssignments, (it) => it.handoff_id === first);
    const [busy, two] = brokers.toSorted(({ id }) => (id === refuser ? -1 : 1)) as [Agent, Agent]; // both of them
    await busy.replies(first, offer_id ?? '', 'refuse', { text: 'I am at my limit.' });
    await takes(two, first);
    const chain = [first];
    for (const [from, to] of [
      [two, three],
      [three, four],
      [four, five],
    ] as const) {
      const before = await from.unpacks(chain.at(-1) ?? '');
      const value = { hop: chain.length + 1, before: JSON.parse(stateIn(before)) as Json };
      const id = await from.passesOn(to.id, { ...task, ...stateOf(value) });
      await takes(to, id);
      expect(stateIn(await to.unpacks(id))).toBe(JSON.stringify(value));
      chain.push(id);
    }

    const ends = (await system.events(handoffDecisions)).filter(({ task_id, type }) => task_id === task.task_id && type === 'taken');
    const pairs = [one, two, three, four].map((from, at) => `${from.id} ${[two, three, four, five][at]?.id ?? ''}`);
    expect(ends.map(({ agent_id, taken_by }) => `${agent_id} ${taken_by ?? ''}`).toSorted()).toEqual(pairs.toSorted());
    expect(await one.traces(task.task_id)).toMatchObject({ holder: { agent_id: five.id, handoff_id: chain.at(-1) } });
    const refusal = await five.passesOn(one.id, task).catch((error: unknown) => String(error));
    expect(refusal).toMatch(/422.*"code":"cycle"/s);
    const owners = (await system.events(handoffAssignments)).filter((it) => it.handoff_id === first && it.event === 'confirmed');
    expect(owners.map(({ agent_id }) => agent_id)).toEqual([two.id]);
  });

  it('comes back to its sender where nobody takes it, over Kafka alone', async () => {
    const sender = system.agent('hand-lonely');
    const id = await sender.passesOn({ capability: 'nobody can' });
    expect(await sender.decision(id)).toMatchObject({ type: 'returned', agent_id: sender.id, kind: 'transfer', decided_by: [] });
  });

  const here = existsSync(REAL);
  (here ? it : it.skip)(
    `has the state of a real task in the middle of it${here ? '' : ` (skipped: ${REAL.pathname} is not there)`}`,
    async () => {
      const [sender, receiver] = await Promise.all(['real-first', 'real-second'].map((id) => system.agentWithKey(id)));
      for (const trajectory of longest(3)) {
        const steps = trajectory['steps_completed'] as readonly Json[]; // a list in every record
        const value = { conversation: trajectory['current_state'] ?? null, steps: steps.slice(0, Math.ceil(steps.length / 2)) };
        const rest = { task_id: String(trajectory['task_id']), goal: String(trajectory['original_request']) };
        const id = await sender?.passesOn(receiver?.id ?? '', { ...rest, ...stateOf(value) });
        if (receiver) await takes(receiver, id ?? '');
        expect(stateIn((await receiver?.unpacks(id ?? '')) ?? '')).toBe(JSON.stringify(value));
      }
    },
  );
});

/** Of the real conversations those with the most steps. */
function longest(count: number): readonly JsonObject[] {
  const lines = gunzipSync(readFileSync(REAL)).toString().trim().split('\n');
  const packets = lines.map((line) => (JSON.parse(line) as { packet: JsonObject }).packet);
  const length = (packet: JsonObject): number => JSON.stringify(packet['steps_completed']).length;
  return packets.toSorted((a, b) => length(b) - length(a)).slice(0, count);
}
