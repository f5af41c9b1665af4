import { createKafka } from '@handoff/bus';
import {
  deadLetterTopic,
  newId,
  NO_ENVELOPE,
  TOPICS,
  toHeaders,
  type EventTopic,
  type InboundTopic,
  type Seconds,
  type Service,
  type WireHeaders,
} from '@handoff/contracts';
import { applyTopics, freePort } from '@handoff/local';
import { channelOf, schemaOf, startService, type RunningService, type StartOptions } from '@handoff/runtime';
import type { Message, Producer } from 'kafkajs';
import pg from 'pg';
import { eventually } from './eventually.js';
import { holdToDocument } from './hold-to-document.js';
import { inRequests } from './in-requests.js';
import { keepSchema, setBackSchema } from './keep-schema.js';
import { emptyDatabase, ownName, testServers } from './test-servers.js';
import { TopicTail, type TailRecord } from './topic-tail.js';

export interface TestServiceOptions {
  readonly service: Service;
  /** Imports the service's module; called once its settings are in the environment. Its one `StartOptions` export is started. */
  readonly load: () => Promise<Readonly<Record<string, unknown>>>;
  readonly env?: Readonly<Record<string, string>>;
  /** How many of it, side by side in this process; each has connections and a place in the group of its own. One by default. */
  readonly replicas?: number;
  /** SQL that is true when nothing is left to do at the moment, for example no clock due; `advance` waits for it. */
  readonly idleWhen?: string;
}

/** Events above which one request brings them. */
const MANY = 100;

export interface RawRecord {
  readonly value: Buffer | string | null;
  readonly key?: string;
  readonly headers?: WireHeaders;
}

/** One service in this process, on real topics and a real database of its own. */
export class TestService {
  private running: readonly RunningService[] = [];
  private shifted: Seconds = 0;
  /** SQL for the time that `shifted` is added to. */
  private clock = 'clock_timestamp()';

  private constructor(
    private readonly options: TestServiceOptions,
    private readonly start_: StartOptions,
    readonly prefix: string,
    private readonly producer: Producer,
    private readonly tail: TopicTail,
    private readonly db: pg.Pool,
  ) {}

  static async start(options: TestServiceOptions): Promise<TestService> {
    const { brokers } = testServers();
    const name = ownName();
    const prefix = `${name}.`;
    const kafka = createKafka(name, { KAFKA_BROKERS: brokers });
    const [databaseUrl] = await Promise.all([emptyDatabase(options.service, name), applyTopics(kafka, prefix, {})]);
    Object.assign(process.env, { LOG_LEVEL: process.env['HANDOFF_TEST_LOG'] ?? 'fatal' }, options.env, {
      KAFKA_BROKERS: brokers,
      DATABASE_URL: databaseUrl,
      TOPIC_PREFIX: prefix,
      GROUP_PREFIX: prefix,
    });
    const startOptions = Object.values(await options.load()).find(isStartOptions);
    if (!startOptions) throw new Error(`The module of ${options.service} exports no StartOptions.`);
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const tail = await TopicTail.start(
      brokers,
      `${name}-tail`,
      TOPICS.flatMap(({ topic }) => [prefix + topic, prefix + deadLetterTopic(topic)]),
    );
    const db = new pg.Pool({ connectionString: databaseUrl, max: 2, options: `-c search_path=${schemaOf(options.service)}` });
    const service = new TestService(options, startOptions, prefix, producer, tail, db);
    await service.start();
    return service;
  }

  /** The first replica's. */
  get url(): string {
    return this.urls[0] ?? '';
  }

  get urls(): readonly string[] {
    return this.running.map(({ url }) => url);
  }

  /** Publishes the events as their writer would, many in one request, and returns once the service has taken them into effect. */
  async deliver<Payload extends object>(topic: EventTopic<Payload>, events: readonly NoInfer<Payload>[]): Promise<void> {
    const records = events.map((event) => ({
      key: String(event[topic.key]),
      value: JSON.stringify(event),
      headers: toHeaders({ ...NO_ENVELOPE, id: newId(), type: topic.type, source: 'handoff/test' }),
    }));
    // Few go one by one, so that they may come to the service apart from each other.
    await this.send(topic, records.length > MANY ? inRequests(records.map(messageOf)) : records.map((it) => [messageOf(it)]));
  }

  /** Records as they are, whatever they are, one by one; resolves once the service's offset is behind them. */
  async deliverRaw(topic: EventTopic<never> | InboundTopic | { readonly topic: string }, records: readonly RawRecord[]): Promise<void> {
    await this.send(
      topic,
      records.map((it) => [messageOf(it)]),
    );
  }

  private async send({ topic }: { readonly topic: string }, requests: readonly (readonly Message[])[]): Promise<void> {
    const partitions = new Set<number>();
    for (const messages of requests)
      for (const { partition } of await this.producer.send({ topic: this.prefix + topic, acks: -1, messages: [...messages] }))
        partitions.add(partition);
    const ends = await this.tail.ends(this.prefix + topic);
    const group = `${this.prefix}handoff-${this.options.service}`;
    await eventually(`${topic} consumed`, async () => {
      const rows = await this.query<{ partition: number; next_offset: string }>(
        'SELECT "partition", next_offset FROM consumed_offsets WHERE group_id = $1 AND topic = $2',
        [group, topic],
      );
      const next = new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
      return [...partitions].every((partition) => (next.get(partition) ?? 0n) >= (ends.get(partition) ?? 0n));
    });
  }

  /** Every event of the topic so far; what the service has committed is waited for. */
  async published<Payload extends object>(topic: EventTopic<Payload>): Promise<readonly Payload[]> {
    return (await this.publishedRecords(topic.topic)).map(({ value }) => JSON.parse(String(value)) as Payload);
  }

  async publishedRecords(topic: string): Promise<readonly TailRecord[]> {
    await eventually('the outbox is empty', async () => (await this.query('SELECT 1 FROM outbox LIMIT 1')).length === 0);
    return this.tail.all(this.prefix + topic);
  }

  /** Moves the database's clock forward for this service, and returns when what became due was done. */
  async advance(by: Seconds): Promise<void> {
    this.shifted += by;
    await this.query(
      `CREATE OR REPLACE FUNCTION handoff_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$SELECT ${this.clock} + make_interval(secs => ${this.shifted})$$`,
    );
    await this.query('SELECT pg_notify($1, $2)', [channelOf(this.options.service), '']);
    const { idleWhen } = this.options;
    if (idleWhen)
      await eventually('nothing is due', async () => (await this.query<{ idle: boolean }>(`SELECT (${idleWhen}) AS idle`))[0]?.idle);
  }

  /** The database's clock stands at this instant, to the microsecond, and from here on moves by `advance` alone. */
  async stopClockAt(instant: string): Promise<void> {
    this.clock = `'${instant}'::timestamptz`;
    this.shifted = 0;
    await this.advance(0);
  }

  async query<Row extends object = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.db.query<Row>(sql, [...parameters])).rows;
  }

  /** Works while a transaction of somebody else's holds the rows that the statement locks. */
  async whileLocked(statement: string, parameters: readonly unknown[], work: () => Promise<void>): Promise<void> {
    const holder = await this.db.connect();
    try {
      await holder.query('BEGIN');
      await holder.query(statement, [...parameters]);
      await work();
    } finally {
      await holder.query('ROLLBACK');
      holder.release();
    }
  }

  /** A stop as SIGTERM makes it, and a new start on the same topics and database. */
  async restart(): Promise<void> {
    await this.stopReplicas();
    await this.start();
  }

  /** Keeps the schema as it is now, as a backup does. */
  async backUp(): Promise<void> {
    await this.asAdministrator((db) => keepSchema(db, schemaOf(this.options.service)));
  }

  /**
   * Stops, puts back what `backUp` kept, and starts again: topics are as they are, the schema as it was. Resolves once all is read again
   * that had been read.
   */
  async restore(): Promise<void> {
    await this.stopReplicas();
    const before = await this.query('SELECT group_id, topic, "partition", next_offset FROM consumed_offsets');
    await this.asAdministrator((db) => setBackSchema(db, schemaOf(this.options.service)));
    await this.start();
    await eventually('all is read again', async () => {
      const [behind] = await this.query<{ count: number }>(
        `SELECT count(*)::int FROM jsonb_populate_recordset(NULL::consumed_offsets, $1) AS b
         LEFT JOIN consumed_offsets o USING (group_id, topic, "partition") WHERE o.next_offset IS NULL OR o.next_offset < b.next_offset`,
        [JSON.stringify(before)],
      );
      return behind?.count === 0;
    });
  }

  async stop(): Promise<void> {
    await this.stopReplicas();
    await Promise.all([this.producer.disconnect(), this.tail.stop(), this.db.end()]);
  }

  private async start(): Promise<void> {
    for (let replica = 0; replica < (this.options.replicas ?? 1); replica++) {
      process.env['HTTP_PORT'] = String(await freePort());
      this.running = [...this.running, await startService(this.held)];
    }
    await eventually(`${this.options.service} is ready`, async () =>
      (await Promise.all(this.urls.map((url) => fetch(`${url}/health/ready`)))).every(({ ok }) => ok),
    );
  }

  /** Its answers are held to docs/api. */
  private get held(): StartOptions {
    const prepare: StartOptions['prepare'] = async (app) => {
      await this.start_.prepare?.(app);
      holdToDocument(app, this.options.service);
    };
    return { ...this.start_, prepare };
  }

  private async asAdministrator(work: (db: pg.Client) => Promise<void>): Promise<void> {
    const url = new URL(testServers().adminUrl);
    url.pathname = `/${this.prefix.slice(0, -1)}`;
    const db = new pg.Client({ connectionString: url.href });
    await db.connect();
    await work(db).finally(() => db.end());
  }

  private async stopReplicas(): Promise<void> {
    await Promise.all(this.running.map((it) => it.stop()));
    this.running = [];
  }
}

export const startTestService = (options: TestServiceOptions): Promise<TestService> => TestService.start(options);

const messageOf = ({ key, value, headers }: RawRecord): Message => ({
  key: key ?? null,
  value,
  ...(headers ? { headers: headers as Record<string, string | Buffer | (string | Buffer)[]> } : {}),
});

function isStartOptions(value: unknown): value is StartOptions {
  return typeof value === 'object' && value !== null && 'service' in value && 'module' in value && 'config' in value;
}
