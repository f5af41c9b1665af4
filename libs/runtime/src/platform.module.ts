import { createKafka, CreateBusTables1763769600000, HandoffBus, OutboxRelay, OutboxSender, Transactions } from '@handoff/bus';
import type { Service } from '@handoff/contracts';
import { createDataSource, Listener, type MigrationInterface } from '@handoff/store';
import { createLogger, type Logger } from '@handoff/telemetry';
import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { Producer } from 'kafkajs';
import { DataSource, type EntityTarget } from 'typeorm';
import { loadConfig, type ServiceConfig } from './config.js';
import { HealthController } from './health.controller.js';
import { READINESS, type Readiness } from './readiness.js';

export const LOGGER = Symbol('Logger');
export const PRODUCER = Symbol('Producer');

export interface ServiceOptions<Config extends ServiceConfig> {
  readonly service: Service;
  readonly config: Type<Config>;
  readonly entities?: readonly EntityTarget<object>[];
  /** The service's own, after the bus's. */
  readonly migrations: readonly (new () => MigrationInterface)[];
}

export const schemaOf = (service: Service): string => service.replaceAll('-', '_');
/** The channel on which a service tells its replicas' waiting clients that something changed. */
export const channelOf = (service: Service): string => `handoff_${schemaOf(service)}`;

/** What every service stands on: settings, Postgres, Kafka, health. A service's own module imports it and adds its inputs. */
@Module({})
export class PlatformModule {
  static for<Config extends ServiceConfig>({ service, config: Config, entities = [], migrations }: ServiceOptions<Config>): DynamicModule {
    const config = loadConfig(Config);
    const log = createLogger(service);
    const names = { service, topicPrefix: config.TOPIC_PREFIX };
    const kafka = createKafka(`${config.GROUP_PREFIX}handoff-${service}`, config, log);
    const source = createDataSource({
      url: config.DATABASE_URL,
      schema: schemaOf(service),
      entities,
      migrations: [CreateBusTables1763769600000, ...migrations],
      poolSize: config.DATABASE_POOL_SIZE,
    });
    const producer = kafka.producer({ allowAutoTopicCreation: false });
    const sender = new OutboxSender(producer, source, log);
    const transactions = new Transactions(source, sender, names);
    const bus = new HandoffBus({
      ...names,
      kafka,
      group: `${config.GROUP_PREFIX}handoff-${service}`,
      transactions,
      log,
      onDead: (error) => {
        log.fatal({ err: error }, 'The consumer died and will not come back in this process; ending it so that it is started anew');
        process.exit(1);
      },
    });
    const values: readonly Provider[] = [
      { provide: Config, useValue: config },
      { provide: LOGGER, useValue: log },
      { provide: PRODUCER, useValue: producer },
      { provide: DataSource, useValue: source },
      { provide: OutboxSender, useValue: sender },
      { provide: OutboxRelay, useValue: new OutboxRelay(producer, source, log) },
      { provide: Transactions, useValue: transactions },
      { provide: HandoffBus, useValue: bus },
      { provide: Listener, useValue: new Listener(config.DATABASE_URL, channelOf(service), log) },
      { provide: READINESS, useValue: { storeReady: false } satisfies Readiness },
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [...values],
      exports: values.map((it) => (it as { provide: string | symbol | Type }).provide),
    };
  }
}

export type { Logger, Producer };
