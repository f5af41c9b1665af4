import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { handoffEscalations } from '@handoff/contracts';
import { connect, createDataSource, rows } from '@handoff/store';
import { createLogger } from '@handoff/telemetry';
import { emptyDatabase, testServers } from '@handoff/testing';
import { BatchProcessor } from './batch-processor.js';
import { CreateBusTables1763769600000 } from './bus-migration.js';
import { createKafka } from './kafka.js';
import { OutboxSender } from './outbox-sender.js';
import { Transactions } from './transaction.js';

const { topic } = handoffEscalations;
const CONSUMED = 120n;

describe('a fetch that saw its partition end below what is consumed by now', () => {
  let source: ReturnType<typeof createDataSource>;
  let processor: BatchProcessor;
  let taken = 0;

  beforeAll(async () => {
    const log = createLogger('routing');
    source = createDataSource({ url: await emptyDatabase('routing'), schema: 'routing', migrations: [CreateBusTables1763769600000] });
    await connect(source, 'routing', log);
    const names = { service: 'routing', topicPrefix: '', group: 'batches' };
    const producer = createKafka('batches', { KAFKA_BROKERS: testServers().brokers }).producer();
    const transactions = new Transactions(source, new OutboxSender(producer, source, log), names);
    const handlers = new Map([[topic, async (batch: readonly object[]) => void (taken += batch.length)]]);
    processor = new BatchProcessor({ ...names, transactions, handlers, log, onPaused: () => undefined, stopped: () => false });
  });
  afterAll(() => source.destroy());
  beforeEach(async () => {
    taken = 0;
    await rows(
      source.manager,
      `INSERT INTO consumed_offsets (group_id, topic, "partition", next_offset) VALUES ('batches', $1, 0, $2)
       ON CONFLICT (group_id, topic, "partition") DO UPDATE SET next_offset = excluded.next_offset`,
      [topic, String(CONSUMED)],
    );
  });

  const record = { topic, partition: 0, offset: 100n, timestamp: '0', key: null, value: Buffer.from('{}'), headers: {} };
  const poll = { records: [record], partitions: [{ topic, partition: 0, fetchedFrom: 100n, highWatermark: 110n }] };
  const consumed = async (): Promise<unknown> => (await rows(source.manager, 'SELECT next_offset FROM consumed_offsets'))[0];

  it('is made once more, and nothing of it is taken: a fellow of the group may have gone further', async () => {
    expect(await processor.process(poll, () => false)).toMatchObject([{ topic, partition: 0, offset: 100n }]);
    expect([taken, await consumed()]).toEqual([0, { next_offset: String(CONSUMED) }]);
  });

  it('is believed the second time: the topic was recreated', async () => {
    expect(await processor.process(poll, () => true)).toEqual([]);
    expect([taken, await consumed()]).toEqual([1, { next_offset: '101' }]);
  });
});
