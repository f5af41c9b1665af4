import { setTimeout as sleep } from 'node:timers/promises';
import { Backlog, HandoffBus, OutboxRelay, OutboxSender, Relearning } from '@handoff/bus';
import type { Service } from '@handoff/contracts';
import { connect, Listener, retryDelay } from '@handoff/store';
import { collectProcessMetrics, type Logger } from '@handoff/telemetry';
import type { LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Producer } from 'kafkajs';
import { DataSource } from 'typeorm';
import { tellBuild } from './build-info.js';
import { Auditor } from './auditor.js';
import { Cleaner } from './cleaner.js';
import { loadConfig, type ServiceConfig } from './config.js';
import { observeRequests } from './http.metrics.js';
import { LOGGER, PRODUCER, schemaOf } from './platform.module.js';
import { ProblemFilter } from './problem.js';
import { READINESS, WAITS_TO_RELEARN, type Readiness } from './readiness.js';
import { StartedGuard } from './started.guard.js';

const ANSWERED_WITHIN_MS = 1000;

/** Work that goes on beside messages and requests: a poller, a sender. Begun once the schema is there. */
export interface Background {
  start(): Promise<void> | void;
  stop(): Promise<void> | void;
}

export interface StartOptions {
  readonly service: Service;
  readonly module: Type;
  readonly config: Type<ServiceConfig>;
  readonly background?: readonly Type<Background>[];
  /** Before the HTTP server listens: cookies, static files, headers. */
  readonly prepare?: (app: NestFastifyApplication) => Promise<void>;
  /** Largest request body, in bytes; a larger one is refused before it is read. */
  readonly bodyLimit?: number;
}

export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly url: string;
  /** In the reverse order of the start; what was taken is finished, nothing new is begun. */
  stop(): Promise<void>;
}

/** A service as a process of its own: SIGTERM and SIGINT stop it. */
export async function runService(options: StartOptions, stopTracing: () => Promise<void>): Promise<void> {
  const running = await startService(options);
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running.stop();
    await stopTracing().catch(() => undefined); // spans that cannot be sent must not keep the process
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

/**
 * Starts a service and resolves once it answers HTTP. Postgres and Kafka may be away: it says "not ready", waits for them, and then
 * migrates, relearns what it said itself, begins its background work and consumes, in this order.
 */
export async function startService(options: StartOptions): Promise<RunningService> {
  collectProcessMetrics(options.service);
  tellBuild(process.argv[1]);
  const trusted = loadConfig(options.config)
    .TRUSTED_PROXIES.split(',')
    .flatMap((it) => it.trim() || []);
  const trustProxy = trusted.length > 0 && trusted;
  const adapter = new FastifyAdapter({ bodyLimit: options.bodyLimit ?? 512 * 1024, trustProxy });
  const app = await NestFactory.create<NestFastifyApplication>(options.module, adapter, { bufferLogs: true, abortOnError: false });
  const log = app.get<Logger>(LOGGER);
  app.useLogger(nestLogger(log));
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new StartedGuard(app.get<Readiness>(READINESS)));
  const bus = app.get(HandoffBus);
  app.connectMicroservice({ strategy: bus });
  observeRequests(app.getHttpAdapter().getInstance());
  const { HTTP_HOST, HTTP_PORT } = app.get<ServiceConfig>(options.config);
  await options.prepare?.(app);
  await app.listen(HTTP_PORT, HTTP_HOST);
  log.info({ url: await app.getUrl() }, 'Listening');

  let stopped = false;
  const background = (options.background ?? []).map((type) => app.get<Background>(type));
  const begun = begin(app, background, options.service, log, () => stopped).catch((error: unknown) => {
    log.fatal({ err: error }, 'The service cannot begin its work');
    process.exit(1);
  });

  const stop = async (): Promise<void> => {
    stopped = true;
    log.info('Stopping');
    await bus.close();
    await Promise.allSettled(background.map(async (it) => it.stop()));
    await Promise.race([begun, sleep(1000, undefined, { ref: false })]);
    await closeDoor(app); // before the events are waited for: whoever was told that something is done can rely on it
    await app.get(OutboxSender).settled();
    await Promise.all([app.get(OutboxRelay).stop(), app.get(Cleaner).stop(), app.get(Auditor).stop(), app.get(Backlog).stop()]);
    await app.get(Relearning).stop();
    await app
      .get<Producer>(PRODUCER)
      .disconnect()
      .catch(() => undefined);
    await app.get(Listener).stop();
    const source = app.get(DataSource);
    if (source.isInitialized) await source.destroy();
    log.info('Stopped');
  };
  return { app, url: await app.getUrl(), stop };
}

async function begin(
  app: NestFastifyApplication,
  background: readonly Background[],
  service: Service,
  log: Logger,
  stopped: () => boolean,
): Promise<void> {
  const producing = connectProducer(app.get<Producer>(PRODUCER), log, stopped);
  await connect(app.get(DataSource), schemaOf(service), log, stopped);
  if (stopped()) return;
  await app.get(Listener).start();
  const readiness = app.get<Readiness>(READINESS);
  readiness.waitsFor = WAITS_TO_RELEARN;
  await app.get(Relearning).catchUp(stopped);
  if (stopped()) return;
  readiness.waitsFor = null;
  for (const it of background) await it.start();
  await app.get(Auditor).start();
  await app.startAllMicroservices();
  await producing;
  app.get(OutboxRelay).start();
  app.get(Relearning).start();
  app.get(Backlog).start();
  app.get(Cleaner).start();
}

/** What is being answered is answered; who waits for news longer than a moment asks again elsewhere. */
async function closeDoor(app: NestFastifyApplication): Promise<void> {
  const closed = app.close();
  await Promise.race([closed, sleep(ANSWERED_WITHIN_MS, undefined, { ref: false })]);
  app.getHttpServer().closeAllConnections();
  await closed;
}

async function connectProducer(producer: Producer, log: Logger, stopped: () => boolean): Promise<void> {
  for (let attempt = 1; !stopped(); attempt++) {
    try {
      return await producer.connect();
    } catch (error) {
      log.warn({ err: error }, 'Kafka is out of reach; events wait in the outbox');
      await sleep(retryDelay(attempt, 5) * 1000);
    }
  }
}

/** Nest's own lines, in the same JSON as ours. */
function nestLogger(log: Logger): LoggerService {
  const at =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...more: unknown[]): void =>
      log[level]({ nest: more.at(-1) }, message instanceof Error ? message.message : String(message));
  return { log: at('debug'), debug: at('debug'), verbose: at('debug'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
}
