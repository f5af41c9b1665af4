import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DEFAULT_TENANT, handoffAccepted, handoffDirectory, handoffRouted, type AgentId, type HandoffAccepted } from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, eventually, startTestService, type TestService } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const FLOOD = 800;
/** Copies that may be on their way already, and the bundle that the single one is part of. */
const AHEAD = 400;

/** Takes webhooks, and answers none of them before it is told to: a world outside that is slow. */
class SlowReceiver {
  readonly got: string[] = [];
  private waiting: (() => void)[] = [];
  private slow = true;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<SlowReceiver> {
    const receiver = new SlowReceiver(createServer());
    await new Promise<void>((listening) => receiver.server.listen(0, '127.0.0.1', listening));
    receiver.server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly data: { readonly handoffId: string } };
        receiver.got.push(data.handoffId);
        const answer = (): void => void response.writeHead(204).end();
        if (receiver.slow) receiver.waiting.push(answer);
        else answer();
      });
    });
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  hurry(): void {
    this.slow = false;
    for (const answer of this.waiting.splice(0)) answer();
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

describe('an agent with one handoff beside one with hundreds', () => {
  let notifier: TestService;
  let receiver: SlowReceiver;

  beforeAll(async () => {
    receiver = await SlowReceiver.start();
    const env = {
      DESK_URL: 'https://desk.example.test',
      SIGN_IN_LINK_SECRET: 'a-secret-of-tests-with-more-than-32-characters',
      WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    };
    notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env });
    const ana = { tenant: DEFAULT_TENANT, id: 'person:ana', entry: 'person', name: 'Ana', version: 1, active: true, roles: ['responder'] };
    const told = {
      ...ana,
      teams: ['support'],
      addresses: [{ channel: 'webhook', address: receiver.url }],
      changed_at: '2026-01-01T00:00:00Z',
    };
    await notifier.deliver(handoffDirectory, [told as never]); // ids are plain texts in this test
  }, 60_000);

  afterAll(async () => {
    receiver?.hurry();
    await notifier?.stop();
    await receiver?.stop();
  });

  async function asks(handoffs: readonly HandoffAccepted[]): Promise<void> {
    const asked = ['ana'] as unknown as ReturnType<typeof aRouting>['asked'];
    await notifier.deliver(handoffAccepted, handoffs);
    await notifier.deliver(
      handoffRouted,
      handoffs.map((it) => aRouting(it, { asked })),
    );
  }

  it('has somebody reached with the next bundle, not behind all of them', async () => {
    await asks(Array.from({ length: FLOOD }, () => anAcceptedHandoff({ agent_id: 'in-a-loop' as AgentId })));
    const single = anAcceptedHandoff({ agent_id: 'quiet' as AgentId });
    await asks([single]);
    const before = receiver.got.length;
    expect(before).toBeLessThan(FLOOD / 2); // the others are due, and wait
    receiver.hurry();
    await eventually('all are reached', () => new Set(receiver.got).size === FLOOD + 1, 60);
    expect(receiver.got.indexOf(single.handoff_id)).toBeLessThan(before + AHEAD);
  }, 120_000);
});
