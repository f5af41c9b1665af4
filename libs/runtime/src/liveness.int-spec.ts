import 'reflect-metadata';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Consumes } from '@handoff/bus';
import { handoffAccepted, type HandoffAccepted } from '@handoff/contracts';
import { anAcceptedHandoff, eventually, startTestService, testServers, type TestService } from '@handoff/testing';
import { Controller, Module } from '@nestjs/common';
import { PlatformModule, ServiceConfig, startService, type RunningService, type StartOptions } from './index.js';

/** What the handler waits for. */
let held: Promise<unknown> = Promise.resolve();

@Controller()
class Consumers {
  @Consumes(handoffAccepted)
  async accepted(_: readonly HandoffAccepted[]): Promise<void> {
    await held;
  }
}

const options = (): StartOptions => {
  @Module({ imports: [PlatformModule.for({ service: 'routing', config: ServiceConfig, migrations: [] })], controllers: [Consumers] })
  class LiveModule {}
  return { service: 'routing', module: LiveModule, config: ServiceConfig };
};

const health = async (url: string, of: 'live' | 'ready'): Promise<number> => (await fetch(`${url}/health/${of}`)).status;

describe('a service whose consumer stands still', () => {
  let service: TestService | null = null;
  let alone: RunningService | null = null;
  let network: Server | null = null;
  afterEach(async () => {
    await Promise.all([service?.stop(), alone?.stop()]);
    network?.close();
    [service, alone, network] = [null, null, null];
  });

  it('says that it should be replaced where a handler never comes back, though its group hears of it all the time', async () => {
    let release: () => void = () => undefined;
    held = new Promise<void>((resolve) => (release = resolve));
    service = await startTestService({ service: 'routing', load: async () => ({ it: options() }), env: { CONSUMER_STILL_SECONDS: '1' } });
    const { url } = service;
    expect(await health(url, 'live')).toBe(200);
    const delivered = service.deliver(handoffAccepted, [anAcceptedHandoff()]);
    await eventually('not live', async () => (await health(url, 'live')) === 503);
    const { detail } = (await (await fetch(`${url}/health/live`)).json()) as { detail: string };
    expect(detail).toMatch(/^consumer: it has stood still for \d+ s, and both Kafka and Postgres answer/);
    expect(await health(url, 'ready')).toBe(200);
    release();
    await delivered;
    await eventually('live again', async () => (await health(url, 'live')) === 200);
  });

  it('lives, and is not ready, for as long as there is no Kafka, and comes back by itself within ten seconds', async () => {
    held = Promise.resolve();
    service = await startTestService({ service: 'routing', load: async () => ({ it: options() }), env: { CONSUMER_STILL_SECONDS: '1' } });
    const port = await aPort();
    Object.assign(process.env, { KAFKA_BROKERS: `127.0.0.1:${port}`, HTTP_PORT: '0' });
    alone = await startService(options()); // beside the one that made topics and schema
    const { url } = alone;
    const until = performance.now() + 3000; // three times as long as it may stand still
    await eventually('that long', async () => {
      expect([await health(url, 'live'), await health(url, 'ready')]).toEqual([200, 503]);
      return performance.now() > until;
    });
    const [host = '', real] = testServers().brokers.split(':');
    network = createServer((socket) => socket.pipe(connect(Number(real), host)).pipe(socket)).listen(port, '127.0.0.1');
    await eventually('ready', async () => (await health(url, 'ready')) === 200, 10);
    expect(await health(url, 'live')).toBe(200);
  });

  /** That nobody listens at. */
  const aPort = async (): Promise<number> => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    return port;
  };
});
