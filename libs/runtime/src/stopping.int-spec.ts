import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Consumes, Transactions } from '@handoff/bus';
import { handoffAccepted, handoffRouted } from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, eventually, startTestService, type TestService } from '@handoff/testing';
import { Controller, Get, Inject, Module, Post } from '@nestjs/common';
import { PlatformModule, ServiceConfig, startService, type RunningService, type StartOptions } from './index.js';

/** What a request waits for, and whether it has come. */
let held: Promise<unknown> = Promise.resolve();
let hasCome = false;

@Controller()
class Doors {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  @Consumes(handoffAccepted)
  async accepted(): Promise<void> {} // who reads nothing is never ready

  @Post('say')
  async say() {
    hasCome = true;
    await held;
    await this.transactions.run(async (tx) => tx.publish(handoffRouted, [aRouting(anAcceptedHandoff())]));
    return { said: true };
  }

  @Get('wait')
  wait(): Promise<never> {
    return new Promise(() => undefined);
  }
}

const options = (): StartOptions => {
  @Module({ imports: [PlatformModule.for({ service: 'routing', config: ServiceConfig, migrations: [] })], controllers: [Doors] })
  class StoppingModule {}
  return { service: 'routing', module: StoppingModule, config: ServiceConfig };
};

describe('a service that is stopped', () => {
  let fellow: TestService;
  let service: RunningService;
  beforeAll(async () => {
    fellow = await startTestService({ service: 'routing', load: async () => ({ it: options() }) }); // makes topics and schema
    process.env['HTTP_PORT'] = '0';
    service = await startService(options());
    await eventually('ready', async () => (await fetch(`${service.url}/health/ready`)).ok);
  });
  afterAll(() => fellow.stop());

  it('answers who has come, lets go of who waits, and leaves nothing unsent of what it has answered', async () => {
    let release: () => void = () => undefined;
    held = new Promise<void>((resolve) => (release = resolve));
    const said = fetch(`${service.url}/say`, { method: 'POST' });
    const waiting = fetch(`${service.url}/wait`).catch(() => 'let go');
    await eventually('it has come', async () => hasCome);
    const stopped = service.stop();
    await eventually('nobody new is let in', () =>
      fetch(`${service.url}/health/live`, { headers: { connection: 'close' } }).then(
        ({ status }) => status === 503,
        () => true,
      ),
    );
    release();
    expect((await said).status).toBe(201);
    await stopped;
    expect(await waiting).toBe('let go');
    expect(await fellow.query('SELECT 1 FROM outbox')).toEqual([]);
    expect(await fellow.published(handoffRouted)).toHaveLength(1);
  });
});
