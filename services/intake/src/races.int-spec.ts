import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKafka } from '@handoff/bus';
import { handoffAccepted, handoffEscalations, handoffRejected, newId, type JsonObject, type RecordPosition } from '@handoff/contracts';
import { bareFields, eventually, race, racesToRun, startTestService, testServers, type TestService } from '@handoff/testing';
import type { Producer } from 'kafkajs';
import { giveKey } from './give-key.for-spec.js';

const AGENT = 'refunds-agent';
const PRODUCERS = 3;
const TIMES = 50;

/** Each of them makes an agent's second sending known for what it is; the first one that a packet has is the one that counts. */
const FORMS = {
  idempotency_key: () => ({ over: { idempotency_key: newId() }, headers: {} }),
  event: () => ({ over: {}, headers: { ce_id: newId(), ce_source: AGENT } }),
  content: () => ({ over: {}, headers: {} }),
} as const;
const formOf = (at: number): keyof typeof FORMS => (['idempotency_key', 'event', 'content'] as const)[at % 3] ?? 'content';

const DOORS = [
  ['kafka', 'kafka'],
  ['http', 'http'],
  ['kafka', 'http'],
] as const;

/** Where it is on Kafka, or what it was answered over HTTP. */
interface Sent {
  readonly at: string | null;
  readonly answer: { readonly status: number; readonly body: JsonObject } | null;
}

describe('two replicas of intake', () => {
  let door: TestService;
  let key: string;
  let producers: readonly Producer[];
  let published = 0;

  beforeAll(async () => {
    const env = { DATA_KEY: randomBytes(32).toString('base64') };
    door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env, replicas: 2 });
    key = await giveKey(door, AGENT);
    const clients = Array.from({ length: PRODUCERS }, (_, at) => createKafka(`producer-${at}`, { KAFKA_BROKERS: testServers().brokers }));
    producers = clients.map((kafka) => kafka.producer({ allowAutoTopicCreation: false }));
    await Promise.all(producers.map((producer) => producer.connect()));
  }, 60_000);
  afterAll(async () => {
    await Promise.all((producers ?? []).map((producer) => producer.disconnect()));
    await door?.stop();
  });

  /** Without a key: each goes to a partition of its own choice, hence to either replica. */
  async function publish(producer: number, packet: JsonObject, headers: Readonly<Record<string, string>> = {}): Promise<string> {
    published++;
    const messages = [{ key: newId(), value: JSON.stringify(packet), headers }];
    const [sent] = (await producers[producer]?.send({ topic: door.prefix + handoffEscalations.topic, acks: -1, messages })) ?? [];
    return `${sent?.partition}/${sent?.baseOffset}`;
  }

  async function post(replica: number, packet: JsonObject, idempotencyKey: string) {
    const response = await fetch(`${door.urls[replica]}/v1/handoffs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(packet),
    });
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  async function everythingIsConsumed(): Promise<void> {
    await eventually(
      'everything published is consumed',
      async () => {
        const [row] = await door.query<{ consumed: number }>(
          'SELECT coalesce(sum(next_offset), 0)::int AS consumed FROM consumed_offsets WHERE topic = $1',
          [handoffEscalations.topic],
        );
        return (row?.consumed ?? 0) >= published;
      },
      120,
    );
  }

  /** What the agent reads of its tasks at one replica, by task. */
  async function listedAt(replica: number): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
    const found: JsonObject[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/v1/handoffs?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const response = await fetch(`${door.urls[replica]}${path}`, { headers: { authorization: `Bearer ${key}` } });
      const page = (await response.json()) as { readonly handoffs: readonly JsonObject[]; readonly next_cursor: string | null };
      found.push(...page.handoffs);
      cursor = page.next_cursor;
    }
    return byTask(found as (JsonObject & { readonly task_id: unknown })[]); // each has one
  }

  it('make one handoff of a packet that three producers publish fifty times at once, and absorb the rest', async () => {
    const races = racesToRun(50);
    const packets: JsonObject[] = [];
    for (let at = 0; at < races; at++) {
      const { over, headers } = FORMS[formOf(at)]();
      const packet = bareFields({ agent: { id: AGENT }, ...over });
      packets.push(packet);
      await race(Array.from({ length: TIMES }, (_, time) => () => publish(time % PRODUCERS, packet, headers)));
    }
    await everythingIsConsumed();
    const accepted = byTask(await door.published(handoffAccepted));
    const [listed, listedToo] = await Promise.all([listedAt(0), listedAt(1)]);
    for (const { task_id } of packets) {
      const task = String(task_id);
      const [event, ...more] = accepted.get(task) ?? [];
      expect([task, event?.event, more]).toEqual([task, 'accepted', []]);
      for (const list of [listed, listedToo]) expect(list.get(task)).toMatchObject([{ handoff_id: event?.handoff_id }]);
    }
    expect(await door.published(handoffRejected)).toEqual([]);
    const metrics = await (await fetch(`${door.url}/metrics`)).text();
    const absorbed = [...metrics.matchAll(/^handoff_repeated_total\{.*\} (\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(absorbed).toBe(races * (TIMES - 1));
  }, 300_000);

  it('make one handoff of a packet that is posted to both at once, and name it to all who did', async () => {
    for (let at = 0; at < racesToRun(50); at++) {
      const packet = bareFields();
      const idempotencyKey = newId();
      const answers = await race([0, 1, 0, 1].map((replica) => () => post(replica, packet, idempotencyKey)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body['handoff_id'])).size).toBe(1);
    }
  }, 300_000);

  it('let one of two packets have an idempotency key, by whichever door they come, and tell the other which one has it', async () => {
    const races: { readonly task: string; readonly sides: readonly Sent[] }[] = [];
    for (let at = 0; at < racesToRun(100); at++) {
      const packet = bareFields({ agent: { id: AGENT }, idempotency_key: newId() });
      const doors = DOORS[at % DOORS.length] ?? DOORS[0];
      const sides = await race(doors.map((by, side) => () => send(by, side, { ...packet, current_state: `Seen by ${side}.` })));
      races.push({ task: String(packet['task_id']), sides });
    }
    await everythingIsConsumed();
    const accepted = byTask(await door.published(handoffAccepted));
    const rejected = byTask(await door.published(handoffRejected));
    for (const { task, sides } of races) {
      const [event, ...more] = accepted.get(task) ?? [];
      expect([task, event?.event, more]).toEqual([task, 'accepted', []]);
      const [winner, loser] = event?.packet.current_state.text === 'Seen by 0.' ? sides : sides.toReversed();
      const handoffId = String(event?.handoff_id);
      if (winner?.answer) expect(winner.answer).toMatchObject({ status: 201, body: { handoff_id: handoffId } });
      const refusals = loser?.answer
        ? [loser.answer.body]
        : (rejected.get(task) ?? []).filter(({ record }) => positionOf(record) === loser?.at);
      expect(refusals).toMatchObject([{ errors: [{ code: 'idempotency_conflict', message: expect.stringContaining(handoffId) }] }]);
      expect(rejected.get(task) ?? []).toHaveLength(loser?.answer ? 0 : 1);
      expect(loser?.answer?.status ?? 422).toBe(422);
    }
    expect(races.some(({ task }) => accepted.get(task)?.[0]?.packet.current_state.text === 'Seen by 0.')).toBe(true);
    expect(races.some(({ task }) => accepted.get(task)?.[0]?.packet.current_state.text === 'Seen by 1.')).toBe(true);
  }, 300_000);

  /** The side's number chooses the replica, or the producer. */
  async function send(by: 'http' | 'kafka', side: number, packet: JsonObject): Promise<Sent> {
    if (by === 'kafka') return { at: await publish(side, packet), answer: null };
    return { at: null, answer: await post(side, packet, String(packet['idempotency_key'])) };
  }
});

const positionOf = ({ partition, offset }: RecordPosition): string => `${partition}/${offset}`;

function byTask<Event extends { readonly task_id: unknown }>(events: readonly Event[]): ReadonlyMap<string, readonly Event[]> {
  const found = new Map<string, Event[]>();
  for (const it of events) found.set(String(it.task_id), [...(found.get(String(it.task_id)) ?? []), it]);
  return found;
}
