import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { handoffAccepted, handoffRouted, type HandoffAccepted, type HandoffRouted } from '@handoff/contracts';
import { PlatformModule, ServiceConfig, type StartOptions } from '@handoff/runtime';
import { createDataSource, type DataSource } from '@handoff/store';
import { createLogger } from '@handoff/telemetry';
import { anAcceptedHandoff, aRouting, eventually, startTestService, testServers, type TestService } from '@handoff/testing';
import { Controller, Module } from '@nestjs/common';
import {
  Consumes,
  createKafka,
  HandoffBus,
  OutboxSender,
  Relearning,
  Relearns,
  RELEARNED,
  Transactions,
  type Transaction,
} from './index.js';

/** What the service was told to have said, and when it consumed what others said. */
let heard: (HandoffRouted | 'consumed')[] = [];

@Controller()
class Consumers {
  @Consumes(handoffAccepted)
  async accepted(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    heard.push('consumed');
    tx.publish(
      handoffRouted,
      batch.map((it) => aRouting(it)),
    );
  }

  @Relearns(handoffRouted)
  async relearn(batch: readonly HandoffRouted[]): Promise<void> {
    heard.push(...batch);
  }
}

const load = async () => {
  @Module({ imports: [PlatformModule.for({ service: 'routing', config: ServiceConfig, migrations: [] })], controllers: [Consumers] })
  class RelearningModule {}
  return { relearn: { service: 'routing', module: RelearningModule, config: ServiceConfig } satisfies StartOptions };
};

const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%consumed_offsets%'`;

describe('a service that relearns what it said', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ service: 'routing', load, replicas: 2 });
  });
  beforeEach(() => {
    heard = [];
  });
  afterAll(() => service.stop());

  async function say(count: number): Promise<readonly string[]> {
    const handoffs = Array.from({ length: count }, () => anAcceptedHandoff());
    await service.deliver(handoffAccepted, handoffs);
    await service.published(handoffRouted);
    return handoffs.map(({ handoff_id }) => handoff_id).toSorted();
  }

  const idsOf = (events: typeof heard): readonly string[] => events.flatMap((it) => (it === 'consumed' ? [] : [it.handoff_id])).toSorted();

  it('reads none of it at a usual start, for it knows that', async () => {
    await say(20);
    heard = [];
    await service.restart();
    await say(1);
    expect(heard).toEqual(['consumed']);
  });

  it('reads, once over its replicas, all that its restored schema has forgotten, and before it consumes anything', async () => {
    await say(5);
    await service.restart(); // marks what is known
    await service.backUp();
    const forgotten = await say(20);
    heard = [];
    await service.restore();
    expect(idsOf(heard)).toEqual(forgotten);
    expect(idsOf(heard.slice(0, heard.indexOf('consumed')))).toEqual(forgotten);
  });

  it('ends where its schema was set back while it ran, rather than take for known what is not', async () => {
    await say(3);
    let died: Error | null = null;
    const source = createDataSource({ url: process.env['DATABASE_URL'] ?? '', schema: 'routing', migrations: [] });
    await source.initialize();
    const relearn = aRelearning(source, (error) => (died = error));
    relearn.start();
    const setBack = `UPDATE consumed_offsets SET next_offset = next_offset - 1 WHERE group_id LIKE '%third-relearn' RETURNING 1`;
    await eventually('it has marked', async () => (await service.query(setBack)).length > 0);
    expect(await eventually('it ends', () => died)).toMatchObject({ code: 'SCHEMA_SET_BACK' });
    await relearn.stop();
    await source.destroy();
  });

  it('leaves the first mark of a partition as it is where another replica, which had read further, made it meanwhile', async () => {
    await say(30); // on every partition
    const source = createDataSource({ url: process.env['DATABASE_URL'] ?? '', schema: 'routing', migrations: [] });
    await source.initialize();
    const marks = (): Promise<readonly { partition: number; next_offset: string }[]> =>
      service.query(`SELECT "partition", next_offset FROM consumed_offsets WHERE group_id LIKE '%third-relearn' ORDER BY 1`);
    const relearn = aRelearning(source, () => undefined);
    const other = source.createQueryRunner();
    await other.startTransaction();
    await other.query(`DELETE FROM consumed_offsets WHERE group_id LIKE '%third-relearn'`);
    const name = `${service.prefix}third-relearn`;
    const insert = `INSERT INTO consumed_offsets (group_id, topic, "partition", next_offset) VALUES ($1, $2, $3, $4)`;
    await other.query(insert, [name, handoffRouted.topic, 0, 0]);
    await other.commitTransaction();
    await other.startTransaction();
    await other.query(`SELECT FROM consumed_offsets WHERE group_id = $1 FOR UPDATE`, [name]);
    relearn.start();
    await eventually('it waits for the other', async () => (await service.query(WAITING)).length > 0);
    await other.query(insert, [name, handoffRouted.topic, 2, 1_000_000]);
    await other.commitTransaction();
    await eventually('it has marked the others', async () => (await marks()).every(({ next_offset }) => next_offset !== '0'));
    expect((await marks()).find(({ partition }) => partition === 2)).toMatchObject({ next_offset: '1000000' });
    await relearn.stop();
    await other.release();
    await source.destroy();
  });

  /** As a third replica has it, without the rest of the service. */
  function aRelearning(source: DataSource, onDead: (error: Error) => void): Relearning {
    const log = createLogger('routing');
    const kafka = createKafka('relearn', { KAFKA_BROKERS: testServers().brokers });
    const names = { service: 'routing', topicPrefix: service.prefix, group: `${service.prefix}third` };
    const transactions = new Transactions(source, new OutboxSender(kafka.producer(), source, log), names);
    const options = { ...names, kafka, transactions, log, restMs: 0, onDead };
    const bus = new HandoffBus(options);
    bus.addHandler(handoffRouted.topic, async () => undefined as never, true, RELEARNED);
    return new Relearning(options, bus, 50);
  }
});
