import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { connect } from '@handoff/agent';
import {
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffReplied,
  handoffRouted,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Agent } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

const REAL = new URL('../../../shared/data/tau_handoff_dev.jsonl.gz', import.meta.url);

const LEASE = 60;
let system: JourneySystem;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1, leaseSeconds: LEASE });
  ana = await system.person('ana');
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
    // Its agents hear of an end by Kafka; the door that lists the task's hands reads the same topic beside them.
    const holder = await eventually('the door has read the last end', async () => {
      const { holder: found } = await one.traces(task.task_id);
      return isJsonObject(found) && found['agent_id'] !== four.id && found;
    });
    expect(holder).toMatchObject({ agent_id: five.id, handoff_id: chain.at(-1) });
    const refusal = await five.passesOn(one.id, task).catch((error: unknown) => String(error));
    expect(refusal).toMatch(/422.*"code":"cycle"/s);
    const owners = (await system.events(handoffAssignments)).filter((it) => it.handoff_id === first && it.event === 'confirmed');
    expect(owners.map(({ agent_id }) => agent_id)).toEqual([two.id]);
  });

  it('is refused by a code for each way in which it may not be passed on', async () => {
    const [sender, reader] = (await Promise.all(['refused', 'reader'].map((id) => system.agentWithKey(id)))) as [Agent, Agent]; // both of them
    await reader.registers({ capabilities: ['read'], most_at_once: 100, schemas: ['acme/refund-run/2'] });
    const form = { accumulated_state: { schema_id: 'acme/refund-run/2', value: { hop: 1 } } };
    const rights = (up_to: number): JsonObject => ({ decision_rights: { authority: [{ unit: 'EUR', up_to }] } });
    const refusal = async (from: Agent, to: string, over: JsonObject): Promise<readonly string[]> => {
      const error = await from.passesOn(to, over).catch((it: unknown) => String(it));
      return [...error.matchAll(/"code":"(\w+)"/g)].map(([, code = '']) => code).filter((code) => code !== 'invalid');
    };
    const artifact = { name: 'photo', media_type: 'text/plain', data: 'eXk=', sha256: '0'.repeat(64) };
    expect(await refusal(sender, reader.id, { ...form, artifacts: [artifact] })).toEqual(['checksum_mismatch']);
    expect(await refusal(sender, reader.id, { ...form, goal: '' })).toEqual(['empty']);
    expect(await refusal(sender, reader.id, stateOf({ hop: 1 }))).toEqual(['unknown_schema_major']);
    const task = { ...form, task_id: `task-${randomUUID()}` };
    await sender.passesOn(reader.id, { ...task, ...rights(50) });
    expect(await refusal(sender, 'another', { ...task, ...rights(50) })).toEqual(['not_holder']);
    expect(await refusal(reader, 'another', { ...task, ...rights(51) })).toEqual(['authority_exceeded']);

    const long = { task_id: `task-${randomUUID()}` };
    for (let hop = 1; hop < 8; hop++) await system.agent(`hop-${hop}`).passesOn(`hop-${hop + 1}`, long);
    await system.agent('hop-8').passesOn(sender.id, long);
    expect(await refusal(sender, 'hop-10', long)).toEqual(['too_many_hops']);
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

describe('a task that a person gives to an agent', () => {
  const given = async (capability: string, over: JsonObject = {}): Promise<string> => {
    const { status, body } = await ana.delegates({
      ...{ task_id: `task-${randomUUID()}`, goal: 'Name three suppliers of paper cups.', context: 'We need 10,000 cups by May.' },
      success_criteria: [{ id: 'three', text: 'Three are named', check: 'count them' }],
      ...{ constraints: [], agent_target: { capability }, ...over },
    });
    expect(status).toBe(201);
    return String(body['handoff_id']);
  };
  const work = (summary: string) => ({ summary, criteria: [{ criterion_id: 'three', met: true, evidence: ['https://cups.example'] }] });

  it('is, where that dies, the next one’s, with all that was known and said, and what the first hands in late is nobody’s', async () => {
    const agents = await Promise.all(['cup-1', 'cup-2'].map((id) => system.agentWithKey(id)));
    for (const it of agents) await it.isCountedOn('cups');
    const id = await given('cups');
    const { agent_id } = await system.event('it is offered', handoffAssignments, (it) => it.handoff_id === id);
    const [dies, next] = agents.toSorted((it) => (it.id === agent_id ? -1 : 1)) as [Agent, Agent]; // both of them
    const { offer_id: lost } = await dies.takes(id);
    await dies.replies(id, lost ?? '', 'progress', { text: 'Acme and Bolt are found; Cupco has not answered.' });
    await eventually('its word is on the desk', async () => (await ana.looksAt(id))['progress'] !== null);
    await system.hasRead('sla-monitor', handoffReplied); // its word begins the lease anew, whenever it is read
    await system.advance(LEASE + 1);

    expect(await dies.hears(id, 'lapsed')).toMatchObject({ offer_id: lost });
    const { offer_id: offer } = await next.takes(id);
    expect(await next.unpacks(id)).toContain('We need 10,000 cups by May.');
    expect(await next.hearsSoFar(id)).toMatchObject([{ agent_id: dies.id, text: 'Acme and Bolt are found; Cupco has not answered.' }]);
    const late = await dies.posts(`/${id}/replies`, { reply: 'deliver', offer_id: lost, delivery: work('Acme, Bolt, Cupco') });
    expect([late.status, late.body['code']]).toEqual([409, 'not_holder']);

    await next.replies(id, offer ?? '', 'deliver', { delivery: work('Acme, Bolt and Delta.') });
    expect(await ana.reviews(id, 2)).toMatchObject({
      packet: { delegation: { delivery: { agent_id: next.id, summary: 'Acme, Bolt and Delta.' } } },
      before: [{ agent_id: dies.id, moved_because: expect.stringContaining('not heard of') }],
    });
    await ana.answers(id, { type: 'approve' });
    expect(await next.decision(id)).toMatchObject({ type: 'approve', agent_id: next.id, decided_by: [{ subject: 'ana' }] });
  });

  it('waits while its agent asks people for its sake, whose answer goes on into the delivery, all in one history', async () => {
    const client = connect(await system.doorFor('cup-3'));
    const stop = new AbortController();
    const working = client.onAssignment(
      async (task) => {
        if (task.event === 'offered') await task.accept();
        if (task.event !== 'confirmed') return;
        const asked = await task.escalate({
          original_request: 'May I promise Cupco a deposit of 50 EUR?',
          reason_for_escalation: { code: 'authority_limit', text: 'I may promise nothing.' },
          recommended_action: { kind: 'tool_call', name: 'pay_deposit', args: { supplier: 'Cupco', amount: 50 } },
        });
        const answer = await asked.answer();
        await task.deliver(work(answer.kind === 'approved' ? `Cupco, for ${String(answer.action.args['amount'])} EUR.` : 'None.'));
      },
      { signal: stop.signal },
    );
    const id = await given('', { agent_target: 'cup-3' });
    const { handoff_id: within } = await system.event('it asks', handoffAccepted, (it) => it.within === id);
    await system.event('it waits', handoffRouted, (it) => it.handoff_id === id && it.event === 'held' && it.cycle === 2);
    const silent = system.agent('cup-4');
    const other = await given('', { agent_target: silent.id });
    await silent.takes(other);
    await system.advance(LEASE + 1); // people take their time, and it stays that agent's
    await silent.hears(other, 'lapsed'); // as one that waits for nobody
    expect(await ana.looksAt(id)).toMatchObject({ state: 'with_agent', waits_for: [within], agent: { agent_id: 'cup-3' } });
    expect(await ana.opens(within)).toMatchObject({ delegation: { handoff_id: id, title: 'Name three suppliers of paper cups.' } });
    await ana.answers(within, { type: 'edit', args: { supplier: 'Cupco', amount: 40 }, message: 'Not more.' });

    expect(await ana.reviews(id, 2)).toMatchObject({
      packet: { delegation: { delivery: { agent_id: 'cup-3', summary: 'Cupco, for 40 EUR.' } } },
      asked_within: [{ handoff_id: within, ended_as: 'edit' }],
      before: [],
    });
    await ana.answers(id, { type: 'approve' });
    stop.abort();
    await working;

    const order = [
      /^Accepted from/,
      /An agent's turn: cup-3. cup-3 has taken it/,
      /Accepted from cup-3: escalation/,
      /cup-3 waits for people/,
    ];
    const told = [...order, /ana decided edit/, /cup-3 goes on/, /ana decided approve/];
    for (const it of [id, within]) {
      const lines = await eventually('every part has come', async () => {
        const { lines: all, gaps } = await ana.traces(it);
        return gaps.length === 0 && all.some(({ event, handoff_id }) => event === 'decision' && handoff_id === id) && all;
      });
      const places = told.map((words) => lines.findIndex(({ text }) => words.test(text)));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
  });
});

/** Of the real conversations those with the most steps. */
function longest(count: number): readonly JsonObject[] {
  const lines = gunzipSync(readFileSync(REAL)).toString().trim().split('\n');
  const packets = lines.map((line) => (JSON.parse(line) as { packet: JsonObject }).packet);
  const length = (packet: JsonObject): number => JSON.stringify(packet['steps_completed']).length;
  return packets.toSorted((a, b) => length(b) - length(a)).slice(0, count);
}
