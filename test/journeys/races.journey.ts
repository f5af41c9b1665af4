import { setTimeout as sleep } from 'node:timers/promises';
import {
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffEscalations,
  handoffRouted,
  newId,
  type HandoffDecision,
  type JsonObject,
} from '@handoff/contracts';
import { eventually, race, racesToRun } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Producer } from 'kafkajs';
import type { Agent } from './support/agent.js';
import { HeadStart } from './support/head-start.js';
import { JourneySystem } from './support/journey-system.js';
import type { Answer, Person } from './support/person.js';

const AT_ONCE = 20;
/** How often a packet is published, and how many packets before they are looked at: the desk's list has an end. */
const TIMES = 50;
const ROUND = 50;
/** The critical SLA of the journeys' policy. */
const WINDOW_MS = 3000;
const APART_MS = 100;
const JITTER_MS = 5;
const LEARNT_AT_ONCE_MS = 50;

jest.setTimeout(180_000 + racesToRun(30) * 2000); // 500 races on a busy machine, too

let system: JourneySystem;
let agent: Agent;
let punctual: Agent;
/** One person at each replica of the desk. */
let ana: Person;
let ben: Person;

beforeAll(async () => {
  system = await JourneySystem.start();
  const [one = '', other = ''] = system.replicasOf('notifier');
  [agent, punctual] = await Promise.all([system.agentWithKey('refunds-agent'), system.agentWithKey('punctual-agent')]);
  [ana, ben] = await Promise.all([system.person('ana').then((it) => it.at(one)), system.person('ben').then((it) => it.at(other))]);
});
afterAll(() => system?.stop());

interface Answered {
  readonly status: number;
  readonly body: JsonObject;
}

const personAt = (turn: number): Person => (turn % 2 === 0 ? ana : ben);

const approval: Answer = { type: 'approve', packet_version: 1 };

/** Asked over HTTP, a few at a time, and on the desk when it resolves. */
async function onDesk(count: number): Promise<readonly string[]> {
  const ids = await inTurn(Array.from({ length: count }), async () => (await agent.posts('', agent.packet())).body['handoff_id']);
  await eventually(
    'all of them wait for an answer',
    async () => {
      const waiting = new Set((await ana.queue()).filter((it) => it['may_decide']).map((it) => it['handoff_id']));
      return ids.every((id) => waiting.has(id ?? null));
    },
    60,
  );
  return ids.map(String);
}

async function inTurn<Item, Result>(items: readonly Item[], one: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(one))));
  return results;
}

/** One ending on the topic; the agent reads the same at both replicas of its door, a person at both replicas of the desk. */
async function agreed(ids: readonly string[], as: Agent = agent): Promise<readonly HandoffDecision[]> {
  const heard = await inTurn(ids, async (id) => ({
    id,
    agents: await Promise.all(system.replicasOf('intake').map((replica) => as.hearsDecision(`${replica}/v1/handoffs/${id}`))),
    people: await Promise.all([ana, ben].map(async (person) => (await person.looksAt(id))['decision'])),
  }));
  const published = await system.events(handoffDecisions);
  return heard.map(({ id, agents, people }) => {
    const [decision, ...more] = published.filter(({ handoff_id }) => handoff_id === id);
    if (!decision) throw new Error(`${id} has no decision on the topic.`);
    expect([id, more]).toEqual([id, []]);
    for (const it of [...agents, ...people]) expect(it).toEqual(decision);
    return decision;
  });
}

async function settled(id: string, { body }: { readonly body: JsonObject }): Promise<JsonObject> {
  return eventually('the request is settled', async () => {
    const { body: request } = await agent.gets(`/${id}/requests/${String(body['request_id'])}`);
    return request['state'] !== 'pending' && request;
  });
}

describe('agent, desk and topic agree, with two replicas of everything, when at the same moment', () => {
  it('two people answer', async () => {
    const ids = await onDesk(racesToRun(20));
    const answers: (readonly [Answered, Answered])[] = [];
    for (const id of ids)
      answers.push(await race([() => ana.answers(id, approval), () => ben.answers(id, { type: 'reject', packet_version: 1 })]));
    for (const [at, decision] of (await agreed(ids)).entries()) {
      const [first, second] = (answers[at] ?? []).toSorted((one, other) => one.status - other.status);
      expect([first?.status, second?.status]).toEqual([201, 409]);
      expect([first?.body, second?.body['decision']]).toEqual([decision, decision]);
    }
  });

  it('a person approves and the agent withdraws', async () => {
    const ids = await onDesk(racesToRun(20));
    const start = new HeadStart();
    const outcomes: { readonly asked: Answered; readonly answer: Answered }[] = [];
    for (const [at, id] of ids.entries()) {
      const [asked, answer] = await start.race(
        () => agent.posts(`/${id}/withdraw`, { reason: 'Never mind.' }),
        () => personAt(at).answers(id, approval),
      );
      start.learn(answer.status === 201);
      outcomes.push({ asked, answer });
    }
    const decisions = await agreed(ids);
    for (const [at, { asked, answer }] of outcomes.entries()) {
      const { type, decision_id, handoff_id = '' } = decisions[at] ?? {};
      expect([type, answer.status]).toEqual(type === 'approve' ? ['approve', 201] : ['withdrawn', 409]);
      expect([asked.status, type]).toEqual(asked.status === 409 ? [409, 'approve'] : [202, type]);
      if (asked.status === 202)
        expect(await settled(handoff_id, asked)).toMatchObject(
          type === 'approve' ? { state: 'too_late', decision_id } : { state: 'applied' },
        );
    }
    expect(new Set(decisions.map(({ type }) => type))).toEqual(new Set(['approve', 'withdrawn'])); // else it was no race
  });

  it('a person approves and the agent adds context', async () => {
    const ids = await onDesk(racesToRun(20));
    const start = new HeadStart();
    const outcomes: { readonly asked: Answered; readonly answer: Answered }[] = [];
    for (const [at, id] of ids.entries()) {
      const [asked, answer] = await start.race(
        () => agent.posts(`/${id}/context`, { context: { current_state: 'The customer has found the receipt.' } }),
        () => personAt(at).answers(id, approval),
      );
      start.learn(answer.status === 201);
      if (answer.status !== 201) {
        expect(answer).toMatchObject({ status: 409, body: { code: 'version_changed', packet_version: 2, changed: ['current_state'] } });
        expect((await personAt(at).answers(id, { ...approval, packet_version: 2 })).status).toBe(201);
      }
      outcomes.push({ asked, answer });
    }
    const decisions = await agreed(ids);
    for (const [at, { asked, answer }] of outcomes.entries()) {
      const { packet_version, decision_id, handoff_id = '' } = decisions[at] ?? {};
      expect(packet_version).toBe(answer.status === 201 ? 1 : 2);
      if (asked.status === 409) expect(packet_version).toBe(1);
      else
        expect(await settled(handoff_id, asked)).toMatchObject(
          packet_version === 1 ? { state: 'too_late', decision_id } : { state: 'applied', packet_version: 2 },
        );
    }
    expect(new Set(decisions.map(({ packet_version }) => packet_version))).toEqual(new Set([1, 2])); // else it was no race
  });

  /** A slow machine is late for most of these; that both are first about as often is what the SLA monitor's own races show. */
  it('a person approves and the level and the SLA run out', async () => {
    const begin = Date.now();
    const lead = { milliseconds: 20 };
    const pressed = await Promise.all(
      Array.from({ length: racesToRun(30) }, async (_, at) => {
        await sleep(begin + at * APART_MS - Date.now());
        return approvedOnTheDot(personAt(at), lead);
      }),
    );
    const decisions = await agreed(
      pressed.map(({ id }) => id),
      punctual,
    );
    await aLaterOneHasRunOut();
    const [clocks, turns] = await Promise.all([system.events(handoffClock), system.events(handoffRouted)]);
    for (const [at, { id, due, decided }] of pressed.entries()) {
      const decision = decisions[at];
      const met = Date.parse(String(decided['decided_at'])) <= due;
      expect(decided).toEqual(decision);
      expect(decision?.sla).toEqual({ class: 'critical', due_at: new Date(due).toISOString(), met });
      // By sequence: each replica sends what it wrote itself, so what two of them wrote may arrive the other way round.
      const told = clocks.filter(({ handoff_id }) => handoff_id === id).toSorted((one, other) => one.sequence - other.sequence);
      const breaches = told.filter(({ event }) => event === 'breached').length;
      const moves = turns.filter(({ handoff_id, level }) => handoff_id === id && level.number > 1).length;
      expect([0, 1]).toContain(breaches);
      expect([0, breaches]).toContain(moves); // a breach that routing hears of after the decision moves nothing
      expect(told.filter(({ event }) => event === 'result')).toHaveLength(1);
      expect(told.at(-1)?.result).toMatchObject({ class: 'critical', met, decided_at: decision?.decided_at });
    }
  });

  it('three producers publish one packet fifty times, with a key, with an id, and with neither', async () => {
    const producers = await Promise.all([1, 2, 3].map(() => system.connectProducer()));
    for (let left = racesToRun(10); left > 0; left -= ROUND) await publishedFiftyTimes(Math.min(left, ROUND), producers);
    await Promise.all(producers.map((producer) => producer.disconnect()));
  });
});

/** Asks, and has it approved as its deadline passes. @param lead from the press to the decision; learnt on the way */
async function approvedOnTheDot(person: Person, lead: { milliseconds: number }) {
  const { body } = await punctual.posts('', punctual.packet({ urgency: 'high' }));
  const [id, due] = [String(body['handoff_id']), Date.parse(String(body['accepted_at'])) + WINDOW_MS];
  await sleep(due - WINDOW_MS / 3 - Date.now());
  await sleep(due - lead.milliseconds + (Math.random() * 2 - 1) * JITTER_MS - Date.now());
  const { body: decided } = await eventually('it is answered', async () => {
    const answer = await person.answers(id, approval);
    return answer.status === 201 && answer; // on a slow machine it may not be on the desk yet
  });
  const late = Date.parse(String(decided['decided_at'])) - due;
  lead.milliseconds += Math.max(-LEARNT_AT_ONCE_MS, Math.min(late / 4, LEARNT_AT_ONCE_MS));
  return { id, due, decided };
}

/** By then, whatever was still armed for those before it has fired. */
async function aLaterOneHasRunOut(): Promise<void> {
  const { body } = await punctual.posts('', punctual.packet({ urgency: 'high' }));
  const id = body['handoff_id'];
  await system.event('a later one is asked of the next level', handoffRouted, (it) => it.handoff_id === id && it.level.number === 2);
}

/** Each way of being known makes one handoff; of the three, one pages and is answered, and the others repeat its decision. */
async function publishedFiftyTimes(count: number, producers: readonly Producer[]): Promise<void> {
  const packets = Array.from({ length: count }, () => agent.packet());
  for (const packet of packets) await race(sendingsOf(packet, producers));
  const tasks = new Set(packets.map((it) => String(it['task_id'])));
  const waiting = await eventually(
    'all three of each are routed',
    async () => {
      const all = (await ana.queue()).filter((it) => tasks.has(String(it['task_id'])) && it['level'] !== null);
      return all.length === count * 3 && all;
    },
    60,
  );
  const firsts = waiting.filter((it) => it['duplicate_of'] === null).map((it) => String(it['handoff_id']));
  const answers = await inTurn(firsts, (id) => ana.answers(id, approval));
  expect(answers.map(({ status }) => status)).toEqual(packets.map(() => 201));
  const given = new Map(firsts.map((id, at) => [id, answers[at]?.body['decision_id']]));
  for (const [at, decision] of (await agreed(waiting.map((it) => String(it['handoff_id'])))).entries()) {
    const first = waiting[at]?.['duplicate_of'] ?? null;
    if (first === null) expect(decision).toMatchObject({ type: 'approve', repeats: null });
    else expect(decision).toMatchObject({ type: 'duplicate', action: null, repeats: given.get(String(first)) });
  }
  const accepted = (await system.events(handoffAccepted)).filter(({ task_id }) => tasks.has(task_id));
  expect(accepted).toHaveLength(count * 3);
  const ids = new Set(accepted.map(({ handoff_id }) => handoff_id));
  const paging = (await system.events(handoffRouted)).filter(
    ({ handoff_id, event, page }) => ids.has(handoff_id) && event === 'asked' && page,
  );
  expect(new Set(paging.map(({ handoff_id }) => handoff_id))).toEqual(new Set(firsts));
}

/** Without a key on Kafka, so that each goes to a partition of its own choice, hence to either replica. */
function sendingsOf(packet: JsonObject, producers: readonly Producer[]): readonly (() => Promise<unknown>)[] {
  const bare = JSON.stringify(packet);
  const forms = [
    { value: JSON.stringify({ ...packet, idempotency_key: newId() }), headers: {} },
    { value: bare, headers: { ce_id: newId(), ce_source: agent.id } },
    { value: bare, headers: {} },
  ];
  const topic = system.named(handoffEscalations);
  return Array.from({ length: TIMES }, (_, time) => async () => {
    const { value = '', headers = {} } = forms[time % forms.length] ?? {};
    const producer = producers[Math.floor(time / forms.length) % producers.length];
    return producer?.send({ topic, acks: -1, messages: [{ key: newId(), value, headers }] });
  });
}
