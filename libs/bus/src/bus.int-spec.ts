import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterTopic,
  handoffAccepted,
  handoffEscalations,
  handoffRouted,
  newId,
  type HandoffAccepted,
  type HandoffRouted,
} from '@handoff/contracts';
import { PlatformModule, ServiceConfig, type StartOptions } from '@handoff/runtime';
import { anAcceptedHandoff, aRouting, eventually, startTestService, type TestService } from '@handoff/testing';
import { Controller, Module } from '@nestjs/common';
import { Consumes, type InboundRecord, type Transaction } from './index.js';

const OLDEST = 'handoff_oldest_unprocessed_seconds';

/** What the handlers do, set by each test. */
let onAccepted: (batch: readonly HandoffAccepted[], tx: Transaction) => Promise<void>;
let inbound: InboundRecord[] = [];

@Controller()
class Consumers {
  @Consumes(handoffAccepted)
  async accepted(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    await onAccepted(batch, tx);
  }

  @Consumes(handoffEscalations)
  async escalations(batch: readonly InboundRecord[]): Promise<void> {
    inbound.push(...batch);
  }
}

const load = async () => {
  @Module({ imports: [PlatformModule.for({ service: 'routing', config: ServiceConfig, migrations: [] })], controllers: [Consumers] })
  class BusModule {}
  return { bus: { service: 'routing', module: BusModule, config: ServiceConfig } satisfies StartOptions };
};

const answer = async (batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> =>
  tx.publish(
    handoffRouted,
    batch.map((it) => aRouting(it)),
  );

describe('the bus', () => {
  let bus: TestService;
  beforeAll(async () => {
    onAccepted = answer;
    bus = await startTestService({ service: 'routing', load });
  });
  afterEach(() => {
    onAccepted = answer;
    inbound = [];
  });
  afterAll(() => bus.stop());

  /** Of the topic of acceptances, where the metric has one. */
  const scraped = async (metric: string): Promise<number> => {
    const lines = (await (await fetch(`${bus.url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(metric));
    const line = lines.find((it) => it.includes(`topic="${handoffAccepted.topic}"`)) ?? lines[0];
    return Number(line?.split(' ').at(-1));
  };

  const routedFor = async (...handoffs: readonly HandoffAccepted[]): Promise<readonly HandoffRouted[]> => {
    const ids = new Set(handoffs.map((it) => it.handoff_id));
    return (await bus.published(handoffRouted)).filter((it) => ids.has(it.handoff_id));
  };
  const several = (n: number): HandoffAccepted[] => Array.from({ length: n }, () => anAcceptedHandoff());

  it('publishes what a handler answers, once, with the cause and the trace of what led to it', async () => {
    const [handoff] = several(1) as [HandoffAccepted];
    await bus.deliver(handoffAccepted, [handoff]);
    expect(await routedFor(handoff)).toHaveLength(1);
    const record = (await bus.publishedRecords(handoffRouted.topic)).find(({ key }) => key === handoff.handoff_id);
    expect(record?.headers).toMatchObject({
      ce_type: 'handoff.routed.v1',
      ce_source: 'handoff/routing',
      ce_specversion: '1.0',
      causationid: expect.any(String),
    });
  });

  it('hands over at most one event of a handoff per call, in their order', async () => {
    const calls: HandoffAccepted[][] = [];
    onAccepted = async (batch) => void calls.push([...batch]);
    const handoff = anAcceptedHandoff();
    const versions = [1, 2, 3].map((sequence) => ({ ...handoff, sequence }));
    await bus.deliver(handoffAccepted, versions);
    expect(calls.every((call) => new Set(call.map((it) => it.handoff_id)).size === call.length)).toBe(true);
    expect(calls.flat().map((it) => it.sequence)).toEqual([1, 2, 3]);
  });

  it('dead-letters the one event that a handler cannot take, and takes the rest of its batch', async () => {
    const batch = several(8);
    const poison = batch[3]?.handoff_id;
    onAccepted = async (events, tx) => {
      if (events.some((it) => it.handoff_id === poison)) throw new TypeError('cannot read this one');
      await answer(events, tx);
    };
    await bus.deliver(handoffAccepted, batch);
    expect(await routedFor(...batch)).toHaveLength(7);
    const dead = await bus.publishedRecords(deadLetterTopic(handoffAccepted.topic));
    expect(dead.map(({ key }) => key)).toEqual([poison]);
    expect(dead[0]?.headers).toMatchObject({ 'kafka_dlt-exception-message': 'TypeError: cannot read this one' });
    expect(JSON.parse(String(dead[0]?.value))).toMatchObject({ handoff_id: poison });
  });

  it('dead-letters the one event whose write fails, though nobody has waited for its answer', async () => {
    const batch = several(4);
    const poison = batch[2]?.handoff_id;
    onAccepted = async (events, tx) => {
      for (const { handoff_id } of events) tx.write('SELECT $1::uuid', [handoff_id === poison ? 'no uuid' : handoff_id]);
      await tx.rows('SELECT 1'); // fails as well, for no reason of its own
      await answer(events, tx);
    };
    await bus.deliver(handoffAccepted, batch);
    expect(await routedFor(...batch)).toHaveLength(3);
    const dead = (await bus.publishedRecords(deadLetterTopic(handoffAccepted.topic))).filter(({ key }) => key === poison);
    expect(dead.map(({ headers }) => headers['kafka_dlt-exception-message'])).toEqual([expect.stringContaining('invalid input syntax')]);
  });

  it('dead-letters bytes that are no event of the topic, as they came', async () => {
    await bus.deliverRaw(handoffAccepted, [{ value: '{"not":"an event"}' }, { value: Buffer.from([0xff, 0xfe]) }]);
    const dead = await bus.publishedRecords(deadLetterTopic(handoffAccepted.topic));
    expect(dead.map(({ value }) => value)).toEqual(expect.arrayContaining([Buffer.from('{"not":"an event"}'), Buffer.from([0xff, 0xfe])]));
  });

  it('gives agents’ records to the handler as bytes, whatever they are', async () => {
    await bus.deliverRaw(handoffEscalations, [{ value: null }, { value: 'not json' }]);
    expect(inbound.map(({ value }) => value?.toString() ?? null).sort()).toEqual(['not json', null]);
  });

  it('undoes everything of a failed batch and tries again when the database was the reason', async () => {
    let failures = 2;
    onAccepted = async (events, tx) => {
      await answer(events, tx);
      if (failures-- > 0) throw Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
    };
    const batch = several(3);
    await bus.deliver(handoffAccepted, batch);
    expect(await routedFor(...batch)).toHaveLength(3);
  });

  it('tells how old the oldest record is that it cannot take, and nothing once it could', async () => {
    let isStuck = true;
    onAccepted = async (events, tx) => {
      if (isStuck) throw Object.assign(new Error('the database system is shutting down'), { code: '57P01' });
      await answer(events, tx);
    };
    const delivered = bus.deliver(handoffAccepted, several(3));
    await eventually('it is seen', async () => (await scraped(OLDEST)) > 1 && (await scraped('handoff_unprocessed_records')) === 3);
    expect(await scraped('handoff_consumer_paused')).toBe(1);
    isStuck = false;
    await delivered;
    await eventually('nothing is left', async () => (await scraped(OLDEST)) === 0 && (await scraped('handoff_unprocessed_records')) === 0);
  });

  it('does not take a record a second time after a restart', async () => {
    const batch = several(4);
    await bus.deliver(handoffAccepted, batch);
    await bus.restart();
    const [later] = several(1) as [HandoffAccepted];
    await bus.deliver(handoffAccepted, [later]);
    expect(await routedFor(...batch, later)).toHaveLength(5);
  });

  it('reads again what a schema restored to an earlier time has forgotten', async () => {
    const batch = several(4);
    // All of the table, as a restore brings it back: a partition that had no row then has none again.
    await bus.query('CREATE TABLE offsets_earlier AS TABLE consumed_offsets');
    await bus.deliver(handoffAccepted, batch);
    await routedFor(...batch);
    await bus.query('TRUNCATE consumed_offsets');
    await bus.query('INSERT INTO consumed_offsets TABLE offsets_earlier');
    await bus.restart();
    await eventually('read again', async () => (await routedFor(...batch)).length === 8);
  });

  it('sends from the outbox what a crash left there', async () => {
    const id = newId();
    await bus.query(
      `INSERT INTO outbox (id, topic, key, headers, value, encoding, created_at) VALUES ($1::uuid, $2, $1::text, '{}', '{}', 'utf8', handoff_now() - interval '3 seconds')`,
      [id, `${bus.prefix}${handoffRouted.topic}`],
    );
    await eventually('sent', async () => (await bus.publishedRecords(handoffRouted.topic)).some(({ key }) => key === id));
  });

  it('sends more for one partition than one record batch may hold', async () => {
    const key = newId();
    await bus.query(
      `INSERT INTO outbox (id, topic, key, headers, value, encoding, created_at)
       SELECT gen_random_uuid(), $2, $1, '{}', repeat('x', 200 * 1024), 'utf8', handoff_now() - interval '3 seconds' FROM generate_series(1, 20)`,
      [key, `${bus.prefix}${handoffRouted.topic}`],
    );
    await eventually('sent', async () => (await bus.publishedRecords(handoffRouted.topic)).filter((it) => it.key === key).length === 20);
  });
});
