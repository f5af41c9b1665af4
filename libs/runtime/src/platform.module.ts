import {
  AddDeadLetterDismissed1764560000000,
  AddDeadLetterRefused1764000200000,
  AddDeadLetterReplays1764000000000,
  AddDeadLetterSealed1764800000000,
  Backlog,
  createKafka,
  CreateBusTables1763769600000,
  DeadLetterReplay,
  HandoffBus,
  OutboxRelay,
  OutboxSender,
  StoreOutboxPlain1764700000000,
  Relearning,
  Transactions,
  type BusNames,
  type BusOptions,
  type LockFirst,
  type Seal,
} from '@handoff/bus';
import type { Service } from '@handoff/contracts';
import { createDataSource, Listener, type MigrationInterface } from '@handoff/store';
import { createLogger, type Logger } from '@handoff/telemetry';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Kafka, Producer } from 'kafkajs';
import { DataSource, type EntityTarget } from 'typeorm';
import { Auditor, type Audit } from './auditor.js';
import { Cleaner, deadLetterRetentions, type Retention } from './cleaner.js';
import { loadConfig, type ServiceConfig } from './config.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DocsController, SERVICE_NAME } from './docs/docs.controller.js';
import { HealthController } from './health.controller.js';
import { HISTORY, HistoryController, type ReadHistory } from './history.controller.js';
import { HANDOFF_DAYS } from './kept-days.js';
import type { Measure } from './measure.js';
import { READINESS, WAITS_FOR_STORE, type Readiness } from './readiness.js';
import { SERVICE_TOKENS, ServiceTokenGuard, type ServiceTokens } from './service-token.guard.js';
import { SETTINGS } from './settings.js';

export const LOGGER = Symbol('Logger');
export const KAFKA = Symbol('Kafka');
export const PRODUCER = Symbol('Producer');
const BUS_OPTIONS = Symbol('BusOptions');

export interface ServiceOptions<Config extends ServiceConfig> {
  readonly service: Service;
  readonly config: Type<Config>;
  readonly entities?: readonly EntityTarget<object>[];
  /** The service's own, after the bus's. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** What should never be in this service's schema, beside what holds for every one. */
  readonly audits?: (settings: Config) => readonly Audit[];
  /** How much there is of what this service answers for, as gauges. */
  readonly measures?: readonly Measure[];
  /** What it knows of a handoff, for the one timeline. */
  readonly history?: ReadHistory;
  /** How it keeps records of agents that it could not take; without, their dead letters are masked for good. */
  readonly seal?: (settings: Config) => Seal | null;
  /** Where a handoff's row is written by others than its topics' handlers, or by topics of another key. */
  readonly lockFirst?: LockFirst;
  /** What of it goes by age. Without, its handoffs are kept for good. */
  readonly keeps?: (settings: Config) => Keeps;
}

export interface Keeps {
  /** How long an ended handoff is here; 0 for good. */
  readonly handoffDays: number;
  readonly retentions: readonly Retention[];
}

export const schemaOf = (service: Service): string => service.replaceAll('-', '_');
/** The channel on which a service tells its replicas' waiting clients that something changed. */
export const channelOf = (service: Service): string => `handoff_${schemaOf(service)}`;

/** What every service stands on: settings, Postgres, Kafka, health. A service's own module imports it and adds its inputs. */
@Module({})
export class PlatformModule {
  static for<Config extends ServiceConfig>({
    service,
    config: Config,
    entities = [],
    migrations,
    audits = () => [],
    measures = [],
    seal = () => null,
    history = async () => [],
    lockFirst,
    keeps = () => ({ handoffDays: 0, retentions: [] }),
  }: ServiceOptions<Config>): DynamicModule {
    const schema = schemaOf(service);
    const groupOf = (settings: ServiceConfig): string => `${settings.GROUP_PREFIX}handoff-${service}`;
    const namesOf = (settings: ServiceConfig): BusNames => ({
      service,
      topicPrefix: settings.TOPIC_PREFIX,
      group: groupOf(settings),
    });
    // Factories, so that every application has its own: tests start a service again, or twice, in one process.
    const providers = [
      { provide: Config, useFactory: () => loadConfig(Config) },
      { provide: SETTINGS, useExisting: Config },
      { provide: LOGGER, useFactory: () => createLogger(service) },
      { provide: READINESS, useFactory: (): Readiness => ({ waitsFor: WAITS_FOR_STORE }) },
      {
        provide: KAFKA,
        inject: [Config, LOGGER],
        useFactory: (settings: Config, log: Logger) => createKafka(groupOf(settings), settings, log),
      },
      { provide: PRODUCER, inject: [KAFKA], useFactory: (kafka: Kafka) => kafka.producer({ allowAutoTopicCreation: false }) },
      {
        provide: DataSource,
        inject: [Config],
        useFactory: ({ DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize }: Config) =>
          createDataSource({
            url,
            schema,
            entities,
            migrations: [
              CreateBusTables1763769600000,
              AddDeadLetterReplays1764000000000,
              AddDeadLetterRefused1764000200000,
              AddDeadLetterSealed1764800000000,
              StoreOutboxPlain1764700000000,
              AddDeadLetterDismissed1764560000000,
              ...migrations,
            ],
            poolSize,
          }),
      },
      {
        provide: OutboxSender,
        inject: [PRODUCER, DataSource, LOGGER],
        useFactory: (...made: ConstructorParameters<typeof OutboxSender>) => new OutboxSender(...made),
      },
      {
        provide: OutboxRelay,
        inject: [PRODUCER, DataSource, LOGGER],
        useFactory: (...made: ConstructorParameters<typeof OutboxRelay>) => new OutboxRelay(...made),
      },
      {
        provide: Transactions,
        inject: [DataSource, OutboxSender, Config],
        useFactory: (source: DataSource, sender: OutboxSender, settings: Config) =>
          new Transactions(source, sender, namesOf(settings), seal(settings)),
      },
      {
        provide: BUS_OPTIONS,
        inject: [KAFKA, Transactions, Config, LOGGER],
        useFactory: (kafka: Kafka, transactions: Transactions, settings: Config, log: Logger): BusOptions => ({
          ...namesOf(settings),
          kafka,
          transactions,
          log,
          lockFirst,
          restMs: settings.CONSUME_REST_MS,
          onDead: endProcess(log),
        }),
      },
      { provide: HandoffBus, inject: [BUS_OPTIONS], useFactory: (options: BusOptions) => new HandoffBus(options) },
      {
        provide: Relearning,
        inject: [BUS_OPTIONS, HandoffBus],
        useFactory: (options: BusOptions, bus: HandoffBus) => new Relearning(options, bus),
      },
      {
        provide: Backlog,
        inject: [BUS_OPTIONS, DataSource, HandoffBus],
        useFactory: (options: BusOptions, source: DataSource, bus: HandoffBus) => new Backlog(options, source, bus),
      },
      {
        provide: DeadLetterReplay,
        inject: [HandoffBus, Transactions, Config, LOGGER],
        useFactory: (bus: HandoffBus, transactions: Transactions, settings: Config, log: Logger) =>
          new DeadLetterReplay({ group: groupOf(settings), transactions, handlers: () => bus.handlers(), log }),
      },
      {
        provide: SERVICE_TOKENS,
        inject: [Config],
        useFactory: (settings: Config): ServiceTokens => ({ secret: settings.SERVICE_TOKEN_SECRET ?? null, audience: service }),
      },
      {
        provide: Cleaner,
        inject: [DataSource, Config, LOGGER],
        useFactory: (source: DataSource, settings: Config, log: Logger) =>
          new Cleaner(source, [...deadLetterRetentions(settings), ...keeps(settings).retentions], settings.CLEAN_EVERY_SECONDS, log),
      },
      { provide: SERVICE_NAME, useValue: service },
      { provide: HISTORY, useValue: history },
      { provide: HANDOFF_DAYS, inject: [Config], useFactory: (settings: Config) => keeps(settings).handoffDays },
      {
        provide: Auditor,
        inject: [DataSource, Config, LOGGER],
        useFactory: (source: DataSource, settings: Config, log: Logger) => new Auditor(source, audits(settings), measures, log),
      },
      {
        provide: Listener,
        inject: [Config, LOGGER],
        useFactory: (settings: Config, log: Logger) => new Listener(settings.DATABASE_URL, channelOf(service), log),
      },
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController, DocsController, DeadLettersController, HistoryController],
      providers: [...providers, ServiceTokenGuard],
      exports: providers.map(({ provide }) => provide),
    };
  }
}

const endProcess =
  (log: Logger) =>
  (error: Error): void => {
    log.fatal({ err: error }, 'The consumer died and will not come back in this process; ending it so that it is started anew');
    process.exit(1);
  };

export type { Logger, Producer };
