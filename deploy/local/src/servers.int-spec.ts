import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { handoffAccepted, TOPICS, type Service } from '@handoff/contracts';
import { ConfigResourceTypes, type Kafka } from 'kafkajs';
import pg from 'pg';
import {
  applyTopics,
  FAST_AND_FORGETFUL,
  kafkaFromEnv,
  planTopics,
  provisionDatabase,
  silent,
  startKafka,
  startPostgres,
  type LocalKafka,
  type LocalPostgres,
} from './index.js';

jest.setTimeout(120_000);

describe('the local servers', () => {
  let folder: string;
  let postgres: LocalPostgres;
  let broker: LocalKafka;
  let kafka: Kafka;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handoff-servers-'));
    [postgres, broker] = await Promise.all([
      startPostgres({ dataDir: join(folder, 'postgres'), log: silent, settings: FAST_AND_FORGETFUL }),
      startKafka({ stateDir: folder, log: silent }),
    ]);
    kafka = kafkaFromEnv({ KAFKA_BROKERS: broker.brokers });
  });

  afterAll(async () => {
    await Promise.all([broker.stop(), postgres.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('give each service a schema of its own, in which it may make tables', async () => {
    const urls = await provisionDatabase(postgres.adminUrl, { database: 'own' });
    await query(urls['sla-monitor'], 'CREATE TABLE clocks (id int)');
    const rows = await query(urls['sla-monitor'], `SELECT schemaname FROM pg_tables WHERE tablename = 'clocks'`);
    expect(rows).toEqual([{ schemaname: 'sla_monitor' }]);
  });

  it('let no service read, write or add to another’s schema, or to the public one', async () => {
    const urls = await provisionDatabase(postgres.adminUrl, { database: 'apart' });
    await query(urls.intake, 'CREATE TABLE packets (id int)');
    for (const sql of ['SELECT * FROM intake.packets', 'DELETE FROM intake.packets', 'CREATE TABLE intake.more (id int)']) {
      await expect(query(urls.routing, sql)).rejects.toThrow('permission denied for schema intake');
    }
    await expect(query(urls.routing, 'CREATE TABLE public.more (id int)')).rejects.toThrow('permission denied for schema public');
    await expect(query(urls.routing, 'CREATE SCHEMA more')).rejects.toThrow('permission denied for database');
  });

  it('are provisioned once, however often and by however many at once', async () => {
    const all = await Promise.all([1, 2, 3].map(() => provisionDatabase(postgres.adminUrl, { database: 'often' })));
    expect(new Set(all.map((urls) => JSON.stringify(urls))).size).toBe(1);
    const services = Object.keys(all[0] ?? {}) as Service[];
    expect(services).toHaveLength(5);
  });

  it('hold several databases whose services know nothing of each other’s rows', async () => {
    const [one, two] = await Promise.all([
      provisionDatabase(postgres.adminUrl, { database: 'one' }),
      provisionDatabase(postgres.adminUrl, { database: 'two' }),
    ]);
    await query(one.intake, 'CREATE TABLE packets (id int)');
    await expect(query(two.intake, 'SELECT * FROM packets')).rejects.toThrow('does not exist');
  });

  it('have every topic after one apply, and nothing left to do after it', async () => {
    expect(await applyTopics(kafka, 'apply.', {})).toHaveLength(TOPICS.length * 2);
    expect(await planTopics(kafka, 'apply.', {})).toEqual([]);
  });

  it('have every topic after two applies at once', async () => {
    await Promise.all([applyTopics(kafka, 'twice.', {}), applyTopics(kafka, 'twice.', {})]);
    expect(await planTopics(kafka, 'twice.', {})).toEqual([]);
  });

  it('get a changed setting back, and keep what an operator set beside it', async () => {
    const topic = `reset.${handoffAccepted.topic}`;
    await applyTopics(kafka, 'reset.', {});
    await alter(topic, { 'retention.ms': '60000', 'compression.type': 'zstd', 'max.message.bytes': '1048576' });

    expect(await applyTopics(kafka, 'reset.', {})).toMatchObject([{ kind: 'set', topic, settings: [{ name: 'retention.ms' }] }]);
    expect(await planTopics(kafka, 'reset.', {})).toEqual([]);
    expect(await settingsOf(topic)).toMatchObject({
      'retention.ms': '604800000',
      'compression.type': 'zstd',
      'max.message.bytes': '1048576',
    });
  });

  it('are not reachable from outside this machine', async () => {
    const rows = await query(postgres.adminUrl, 'SHOW listen_addresses');
    expect(rows).toEqual([{ listen_addresses: '127.0.0.1' }]);
  });

  it('refuse a second start on the same data while the first runs', async () => {
    const second = startPostgres({ dataDir: join(folder, 'postgres'), log: silent });
    await expect(second).rejects.toThrow('Postgres is already running here');
    await expect(startKafka({ stateDir: folder, log: silent })).rejects.toThrow('Kafka is already running here');
  });

  async function alter(name: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const configEntries = Object.entries(settings).map(([key, value]) => ({ name: key, value }));
    await withAdmin((admin) =>
      admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name, configEntries }] }),
    );
    while ((await settingsOf(name))['retention.ms'] !== settings['retention.ms']);
  }

  async function settingsOf(name: string): Promise<Record<string, string>> {
    const { resources } = await withAdmin((admin) =>
      admin.describeConfigs({ includeSynonyms: false, resources: [{ type: ConfigResourceTypes.TOPIC, name }] }),
    );
    return Object.fromEntries((resources[0]?.configEntries ?? []).map((entry) => [entry.configName, entry.configValue]));
  }

  async function withAdmin<T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
