import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES, TOPICS, type EventTopic, type InboundTopic, type Seconds, type Service } from '@handoff/contracts';
import { REPOSITORY, silent, startSystem, type CaughtSpan, type System, type SystemOptions } from '@handoff/local';
import { eventually, testServers, TopicTail, type TailRecord } from '@handoff/testing';
import type { Admin, Message, Producer } from 'kafkajs';
import pg from 'pg';
import { Agent, type Door } from './agent.js';
import { FrontDoor } from './front-door.js';
import { makeAgentKey } from './make-agent-key.js';
import { Person } from './person.js';

export const OWN_POLICY = join(REPOSITORY, 'test/journeys/support/policy.yaml');
export const SHIPPED_POLICY = join(REPOSITORY, 'deploy/local/policy.yaml');

const SETTINGS = {
  OTEL_BSP_SCHEDULE_DELAY: '1000', // spans are sent after a second instead of five
};

export const REPLICAS = 2;

interface JourneyOptions extends Pick<SystemOptions, 'signIn' | 'canary'> {
  /** The journeys' own, unless a journey is about the one that ships. */
  readonly policyFile?: string;
  /** One is enough where a journey is about what a page shows, and starts sooner. */
  readonly replicas?: number;
  /** How long the desk holds an answer; not at all, unless a journey is about it. */
  readonly holdSeconds?: number;
  /** How long an agent that holds a task may be silent; as long as ever, unless a journey is about it. */
  readonly leaseSeconds?: Seconds;
}

interface Doors {
  readonly agents: FrontDoor;
  readonly people: FrontDoor;
}

/**
 * Five real services, two processes of each unless a journey says one, on topics and a database of their own, with those who meet in them. Agents and people
 * come in by a door that leads to either replica in turn, request by request, as it does in an installation.
 */
export class JourneySystem {
  private shifted: Seconds = 0;

  private constructor(
    private readonly system: System,
    private readonly doors: Doors,
    private readonly producer: Producer,
    private readonly tail: TopicTail,
    private readonly stateDir: string,
    private readonly died: readonly string[],
  ) {}

  static async start(options: JourneyOptions = {}): Promise<JourneySystem> {
    const { signIn = 'links', holdSeconds = 0, leaseSeconds, replicas = REPLICAS, canary = false, policyFile = OWN_POLICY } = options;
    const { brokers, adminUrl } = testServers();
    const name = `j${randomBytes(5).toString('hex')}`;
    const stateDir = await mkdtemp(join(tmpdir(), 'handoff-journey-'));
    const died: string[] = [];
    const [agents, people] = await Promise.all([FrontDoor.open(), FrontDoor.open()]);
    const leased = leaseSeconds === undefined ? {} : { LEASE_SECONDS: String(leaseSeconds) };
    const settings = { ...SETTINGS, POLICY_FILE: policyFile, DESK_URL: people.url, ANSWER_HOLD_SECONDS: String(holdSeconds), ...leased };
    const system = await startSystem({
      replicas,
      signIn,
      canary,
      stateDir,
      topicPrefix: `${name}.`,
      groupPrefix: `${name}.`,
      database: name,
      environment: { ...process.env, KAFKA_BROKERS: brokers, DATABASE_URL: adminUrl },
      env: Object.fromEntries(SERVICES.map((service) => [service, settings])),
      log: silent,
      onDied: (_, why) => died.push(why),
    });
    agents.leadTo(system.services.intake.replicas.map(({ url }) => url));
    people.leadTo(system.services.notifier.replicas.map(({ url }) => url));
    const producer = system.kafka(name).producer({ allowAutoTopicCreation: false });
    const events = TOPICS.filter(({ kind }) => kind === 'event').map(({ topic }) => system.topicPrefix + topic);
    const [tail] = await Promise.all([TopicTail.start(brokers, `${name}-tail`, events), producer.connect()]);
    return new JourneySystem(system, { agents, people }, producer, tail, stateDir, died);
  }

  get brokers(): string {
    return this.system.brokers;
  }

  admin(): Admin {
    return this.system.kafka('journey-admin').admin();
  }

  /** Where the system keeps its secrets, as HANDOFF_HOME names it for our commands. */
  get home(): string {
    return this.stateDir;
  }

  /** As the service itself, for what an operator's mistake does there. */
  databaseUrlOf(service: Service): string {
    return this.system.databaseUrls[service];
  }

  get deskUrl(): string {
    return this.doors.people.url;
  }

  get catcher(): System['catcher'] {
    return this.system.catcher;
  }

  /** The topic's name here. */
  named({ topic }: { readonly topic: string }): string {
    return this.system.topicPrefix + topic;
  }

  service(service: Service): System['services'][Service] {
    return this.system.services[service];
  }

  get canary(): System['canary'] {
    return this.system.canary;
  }

  /** The services' own addresses, past the doors. */
  replicasOf(service: Service): readonly string[] {
    return this.system.services[service].replicas.map(({ url }) => url);
  }

  /** All five at once are asked to finish, and started again. */
  async restartAll(): Promise<void> {
    await Promise.all(SERVICES.map((service) => this.system.services[service].restart()));
  }

  /** Moves the clock that all five services ask. */
  async advance(by: Seconds): Promise<void> {
    this.shifted += by;
    const now = `SELECT clock_timestamp() + make_interval(secs => ${this.shifted})`;
    const replaced = `CREATE OR REPLACE FUNCTION handoff_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$${now}$$`;
    await Promise.all(SERVICES.map((service) => this.inSchemaOf(service, (db) => db.query(replaced))));
  }

  /** Resolves once a service has read all that is on the topic by now, also where nothing is to be seen of that. */
  async hasRead(service: Service, topic: { readonly topic: string }): Promise<void> {
    const ends = await this.tail.ends(this.named(topic));
    const sql = 'SELECT "partition", next_offset FROM consumed_offsets WHERE topic = $1';
    await this.inSchemaOf(service, (db) =>
      eventually(`${service} has read ${topic.topic}`, async () => {
        const { rows } = await db.query<{ partition: number; next_offset: string }>(sql, [topic.topic]);
        const next = new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
        return [...ends].every(([partition, end]) => (next.get(partition) ?? 0n) >= end);
      }),
    );
  }

  private async inSchemaOf(service: Service, work: (db: pg.Client) => Promise<unknown>): Promise<void> {
    const search = `-c search_path=${service.replace('-', '_')}`;
    const db = new pg.Client({ connectionString: this.databaseUrlOf(service), options: search });
    await db.connect();
    try {
      await work(db);
    } finally {
      await db.end();
    }
  }

  /** An agent that has nothing but its name: it speaks over Kafka alone. */
  agent(agentId: string): Agent {
    return new Agent(this, agentId, null);
  }

  /** An agent that an operator has given a key: it speaks over HTTP as well. */
  async agentWithKey(agentId: string): Promise<Agent> {
    return new Agent(this, agentId, await this.doorFor(agentId));
  }

  /** Where an agent comes in, with a key of its own. */
  async doorFor(agentId: string): Promise<Door> {
    return { url: this.doors.agents.url, key: await makeAgentKey(agentId, this.system.databaseUrls.intake) };
  }

  /** Signed in at the desk, once the desk has heard who works here. */
  async person(id: string): Promise<Person> {
    return eventually(`${id} is signed in`, () => Person.signIn(this.signInLink(id)));
  }

  signInLink(person: string): string {
    const { pathname, search } = new URL(this.system.signInLink(person));
    return this.deskUrl + pathname + search;
  }

  /** One more process that publishes, as agents have of their own; whoever asks for it disconnects it. */
  async connectProducer(): Promise<Producer> {
    const producer = this.system.kafka().producer({ allowAutoTopicCreation: false });
    await producer.connect();
    return producer;
  }

  async publish(topic: InboundTopic, message: Message): Promise<void> {
    await this.producer.send({ topic: this.named(topic), acks: -1, messages: [message] });
  }

  /** The first event of the topic that is meant, as soon as it is there. */
  async event<Payload extends object>(what: string, topic: EventTopic<Payload>, isMeant: (event: Payload) => boolean): Promise<Payload> {
    return this.tail.first(what, this.named(topic), ({ value }) => {
      const event = JSON.parse(String(value)) as Payload; // its one writer is ours
      return isMeant(event) ? event : null;
    });
  }

  /** Every event of the topic so far, oldest first within a handoff. What a slow machine sends twice, by its id, is one event. */
  async events<Payload extends object>(topic: EventTopic<Payload>): Promise<readonly Payload[]> {
    const byId = new Map<string | undefined, TailRecord>();
    for (const record of await this.tail.all(this.named(topic)))
      if (!byId.has(record.headers['ce_id'])) byId.set(record.headers['ce_id'], record);
    return [...byId.values()].map(({ value }) => JSON.parse(String(value)) as Payload); // its one writer is ours
  }

  /** Every record of the topic so far, once more, as it is. */
  async repeats(topic: { readonly topic: string }): Promise<void> {
    const records = await this.tail.all(this.named(topic));
    const messages = records.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } }));
    await this.producer.send({ topic: this.named(topic), acks: -1, messages });
  }

  /** What the trace store has of it. */
  async spans(traceId: string): Promise<readonly CaughtSpan[]> {
    const answer = (await (await fetch(`${this.system.catcher.url}/traces/${traceId}`)).json()) as {
      readonly spans: readonly CaughtSpan[];
    };
    return answer.spans;
  }

  /** @throws where a service ended by itself in between */
  async stop(): Promise<void> {
    await Promise.all([this.tail.stop(), this.producer.disconnect()]);
    await this.system.stop();
    await Promise.all([this.doors.agents.close(), this.doors.people.close()]);
    await rm(this.stateDir, { recursive: true, force: true });
    if (this.died.length > 0) throw new Error(this.died.join('\n'));
  }
}
