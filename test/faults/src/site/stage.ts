import { execFile } from 'node:child_process';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SERVICES } from '@handoff/contracts';
import { freePort, REPOSITORY, startSystem, type Log, type System } from '@handoff/local';
import kafkajs, { type Kafka, type Producer } from 'kafkajs';
import { Administrator } from '../drive/administrator.js';
import { Agent } from '../drive/agent.js';
import { AGENTS } from '../drive/given-tasks.js';
import { Ears } from '../drive/ears.js';
import { Cast } from '../drive/cast.js';
import { Lead } from '../drive/lead.js';
import { Listener } from '../drive/listener.js';
import { Ledger } from '../drive/ledger.js';
import { PacketSource } from '../drive/packets.js';
import { receivePages } from '../drive/pages.js';
import { Person } from '../drive/person.js';
import { Reporter } from '../drive/reporter.js';
import { Traffic } from '../drive/traffic.js';
import { receiveWebhooks } from '../drive/webhooks.js';
import { Worker } from '../drive/worker.js';
import type { Random } from '../random.js';
import { until } from '../until.js';
import { Crew } from './crew.js';
import { Ground } from './ground.js';

const { Kafka: KafkaClient, logLevel } = kafkajs; // CommonJS: Node finds no named exports in it

const REPLICAS = 2;
const PEOPLE = ['ana', 'ben', 'chloe', 'dan'] as const;
const KEY_COMMAND = join(REPOSITORY, 'services/intake/dist/src/cli/agent-key.js');

/** The whole play: servers behind a network, two replicas of each service, robot agents and people. */
export class Stage {
  private constructor(
    readonly ground: Ground,
    readonly system: System,
    readonly crew: Crew,
    readonly kafka: Kafka,
    private readonly producer: Producer,
    private readonly pages: Server,
    readonly ledger: Ledger,
    readonly cast: Cast,
    readonly traffic: Traffic,
    readonly agents: readonly Agent[],
    readonly people: readonly Person[],
    readonly lead: Lead,
    readonly administrator: Administrator,
    private readonly workers: readonly Worker[],
    readonly ears: Ears,
    readonly listener: Listener,
    readonly reporter: Reporter,
    private readonly webhooks: Server,
  ) {}

  static async open(stateDir: string, random: Random, log: Log): Promise<Stage> {
    const ground = await Ground.start(stateDir, log);
    try {
      return await Stage.on(ground, stateDir, random, log);
    } catch (error) {
      await ground.stop();
      throw error;
    }
  }

  /** Services, then what they stand on. */
  async close(): Promise<void> {
    this.cast.close();
    this.reporter.close();
    await Promise.all([...this.workers, this.listener].map((it) => it.stop()));
    await this.crew.over();
    await this.system.stop();
    await this.producer.disconnect().catch(() => undefined);
    this.pages.close();
    this.webhooks.close();
    await this.ground.stop();
  }

  private static async on(ground: Ground, stateDir: string, random: Random, log: Log): Promise<Stage> {
    const [pagesPort, webhooksPort] = [await freePort(), await freePort()];
    let crew: Crew | null = null;
    const system = await startSystem({
      stateDir: join(stateDir, 'system'),
      environment: { ...process.env, KAFKA_BROKERS: ground.brokers, DATABASE_URL: ground.adminUrl },
      replicas: REPLICAS,
      signIn: 'links',
      env: Object.fromEntries(SERVICES.map((service) => [service, settings(pagesPort)])),
      log,
      onDied: (what, why) => what !== 'kafka' && what !== 'postgres' && what !== 'canary' && crew?.died(what, why),
    });
    crew = new Crew(system.services);
    const kafka = new KafkaClient({ clientId: 'faults', brokers: [ground.brokers], logLevel: logLevel.NOTHING, retry: IMPATIENT });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const people = PEOPLE.map((id) => new Person(id, { urls: crew.urls('notifier'), signInLink: (who) => system.signInLink(who) }, random));
    const agents = await Promise.all(
      AGENTS.map(async (id) => new Agent(id, { ...doorsOf(crew, producer), key: await keyFor(id, system) }, random)),
    );
    const ledger = new Ledger();
    const cast = new Cast(ledger, byId(people), byId(agents), random);
    const lead = new Lead(personCalled('chloe', people), random);
    const administrator = new Administrator(personCalled('dan', people));
    const traffic = new Traffic(ledger, cast, agents, await PacketSource.open(random), random, lead, personCalled('ana', people));
    const pages = await receivePages(pagesPort, (page) => cast.hear(page));
    const complain = (taskId: string, error: unknown) => cast.complaints.push({ taskId, what: String(error) });
    const workers = agents.map((agent) => new Worker(agent, ledger, random, complain));
    const reporter = new Reporter(ledger, byId(agents), random, complain);
    const [listening, called] = agents;
    if (!listening || !called) throw new Error('Nobody works here.');
    const ears = new Ears([listening.id, called.id], (heard) => reporter.hear(heard));
    const listener = new Listener(listening, ears, random);
    const endpoint = await receiveWebhooks(webhooksPort, called.id, ears, random);
    endpoint.isSignedWith(await called.registersWebhook(`http://127.0.0.1:${webhooksPort}/`));
    const stage = new Stage(
      ground,
      system,
      crew,
      kafka,
      producer,
      pages,
      ledger,
      cast,
      traffic,
      agents,
      people,
      lead,
      administrator,
      workers,
      ears,
      listener,
      reporter,
      endpoint.server,
    );
    await until(async () => Boolean(await Promise.all(people.map((person) => person.open()))), 30); // the desk has heard who works here
    for (const robot of [...workers, listener]) robot.start();
    return stage;
  }
}

/** An agent's client that gives up soon; the agent itself does not. */
const IMPATIENT = { initialRetryTime: 100, maxRetryTime: 500, retries: 5 };

const doorsOf = (crew: Crew, producer: Producer) => ({ producer, topicPrefix: '', urls: crew.urls('intake') });

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> => new Map(all.map((it) => [it.id, it]));

function personCalled(id: (typeof PEOPLE)[number], people: readonly Person[]): Person {
  const found = people.find((person) => person.id === id);
  if (!found) throw new Error(`${id} is nobody.`);
  return found;
}

const settings = (pagesPort: number): Readonly<Record<string, string>> => ({
  POLICY_FILE: join(REPOSITORY, 'test/faults/policy.yaml'),
  FAULTS_PEOPLE_URL: `http://127.0.0.1:${pagesPort}`,
  WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  OFFER_SECONDS: '20',
  LEASE_SECONDS: '15',
  OTEL_TRACES_SAMPLER: 'traceidratio',
  OTEL_TRACES_SAMPLER_ARG: '0.05',
});

/** As an operator does it: by the command, which prints the key once. */
async function keyFor(agentId: string, system: System): Promise<string> {
  const env = { ...process.env, DATABASE_URL: system.databaseUrls.intake };
  const { stdout } = await promisify(execFile)(process.execPath, [KEY_COMMAND, 'add', agentId], { env });
  return stdout.trim();
}
