import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { kafkaAt } from './agent-side.js';
import type { Limits, Place } from './orders.js';
import { limitPacket } from './packets.js';
import { round } from './percentiles.js';

/** Connections that write at once: with more, this many cores gain nothing. */
const WRITERS = 16;
const ROWS = 200;
const TOPIC = 'bench.limits';

/**
 * What the machine does with one 2 KB packet when nothing of ours is in the way, on the very servers that were just measured. The
 * services have been stopped by now.
 */
export async function measureLimits(place: Place, seconds: number): Promise<Limits> {
  return { ...(await measurePostgres(place.databaseUrl, seconds)), ...(await measureKafka(place.brokers, seconds)) };
}

async function measurePostgres(
  url: string,
  seconds: number,
): Promise<Pick<Limits, 'pg_single_row_per_second' | 'pg_batched_rows_per_second' | 'two_transactions_per_second'>> {
  const pool = new pg.Pool({ connectionString: url, max: WRITERS });
  const packet = limitPacket();
  try {
    await pool.query(TABLES);
    const single = await rate(seconds, WRITERS, async () => {
      await pool.query({ name: 'one', text: 'INSERT INTO bench.rows (id, packet) VALUES ($1, $2)', values: [randomUUID(), packet] });
      return 1;
    });
    const packets = Array.from({ length: ROWS }, () => packet);
    const batched = await rate(seconds, 2, async () => {
      const values = [packets.map(() => randomUUID()), packets];
      await pool.query({ name: 'many', text: 'INSERT INTO bench.rows (id, packet) SELECT * FROM unnest($1::uuid[], $2::text[])', values });
      return ROWS;
    });
    const twice = await rate(seconds, WRITERS, async () => {
      const id = randomUUID();
      await pool.query({ name: 'ask', text: ASK, values: [id, packet] });
      await pool.query({ name: 'decide', text: DECIDE, values: [id] });
      return 1;
    });
    return { pg_single_row_per_second: single, pg_batched_rows_per_second: batched, two_transactions_per_second: twice };
  } finally {
    await pool.query('DROP SCHEMA IF EXISTS bench CASCADE');
    await pool.end();
  }
}

const TABLES = `
  CREATE SCHEMA bench;
  CREATE TABLE bench.rows (id uuid PRIMARY KEY, packet text NOT NULL);
  CREATE TABLE bench.pending (id uuid PRIMARY KEY, state text NOT NULL, packet text NOT NULL);
  CREATE TABLE bench.clocks (id uuid PRIMARY KEY, due_at timestamptz NOT NULL);
  CREATE INDEX ON bench.clocks (due_at);
  CREATE TABLE bench.outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, value text NOT NULL);
  CREATE TABLE bench.decisions (id uuid PRIMARY KEY, decided_at timestamptz NOT NULL)`;

const ASK = `
  WITH asked AS (INSERT INTO bench.pending VALUES ($1, 'open', $2)),
       armed AS (INSERT INTO bench.clocks VALUES ($1, now() + interval '4 hours'))
  INSERT INTO bench.outbox (value) VALUES ($2)`;
const DECIDE = `
  WITH decided AS (INSERT INTO bench.decisions VALUES ($1, now())),
       disarmed AS (DELETE FROM bench.clocks WHERE id = $1)
  INSERT INTO bench.outbox (value) VALUES ($1::text)`;

/** Some do it at once, again and again, for that long. @returns how much was done in a second */
async function rate(seconds: number, atOnce: number, work: () => Promise<number>): Promise<number> {
  await Promise.all(Array.from({ length: atOnce }, work)); // connections are open, statements prepared
  const begun = performance.now();
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - begun < seconds * 1000) done += await work();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return round((done / (performance.now() - begun)) * 1000, 0);
}

async function measureKafka(
  brokers: string,
  seconds: number,
): Promise<Pick<Limits, 'kafka_produced_per_second' | 'kafka_consumed_per_second'>> {
  const kafka = kafkaAt(brokers);
  const [admin, producer] = [kafka.admin(), kafka.producer({ allowAutoTopicCreation: false })];
  await Promise.all([admin.connect(), producer.connect()]);
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic: TOPIC, numPartitions: 6, replicationFactor: 1 }] });
  const value = limitPacket();
  let sent = 0;
  const produced = await rate(seconds, 4, async () => {
    await producer.send({ topic: TOPIC, acks: -1, messages: Array.from({ length: ROWS }, (_, at) => ({ key: String(at), value })) });
    sent += ROWS;
    return ROWS;
  });
  await producer.disconnect();
  const consumed = await consumeAll(kafka.consumer({ groupId: 'bench-limits', maxWaitTimeInMs: 100 }), sent);
  await admin.deleteTopics({ topics: [TOPIC] });
  await admin.disconnect();
  return { kafka_produced_per_second: produced, kafka_consumed_per_second: consumed };
}

/** From the first record to the last; joining the group is not part of it. */
async function consumeAll(consumer: ReturnType<ReturnType<typeof kafkaAt>['consumer']>, count: number): Promise<number> {
  await consumer.connect();
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  let [read, first, begun] = [0, 0, 0];
  const seconds = await new Promise<number>((done) => {
    void consumer.run({
      eachBatch: async ({ batch }) => {
        if (begun === 0) [begun, first] = [performance.now(), batch.messages.length]; // it was fetched before the time began
        read += batch.messages.length;
        if (read >= count) done((performance.now() - begun) / 1000);
      },
    });
  });
  await consumer.disconnect();
  return round((read - first) / seconds, 0);
}
