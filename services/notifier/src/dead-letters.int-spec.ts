import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deadLetterTopic, handoffAccepted, handoffRouted, minutes } from '@handoff/contracts';
import { eventually, startTestService, type TestService } from '@handoff/testing';

interface Page {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly count: number; readonly kinds: readonly object[]; readonly newest: object };
}

const SECRET = 'a secret that is long enough for signing';

describe('dead letters on our own topics, with two replicas of the notifier', () => {
  let notifier: TestService;
  let receiver: Server;
  let isReceiverWell = true;
  let pages: Page[] = [];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      request.on('end', () => {
        if (isReceiverWell) pages.push({ id: String(request.headers['webhook-id']), ...(JSON.parse(text) as Omit<Page, 'id'>) });
        response.writeHead(isReceiverWell ? 204 : 503).end();
      });
    }).listen(0, '127.0.0.1');
    await eventually('the receiver listens', () => receiver.listening);
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('./notifier.module.js'),
      env: {
        DESK_URL: 'http://desk.test',
        SIGN_IN_LINK_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        FALLBACK_WEBHOOK_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/fallback`,
      },
      replicas: 2,
      idleWhen: `NOT EXISTS (SELECT 1 FROM dead_letter_pages WHERE state IN ('collecting', 'due', 'sending') AND due_at <= handoff_now())`,
    });
  });
  beforeEach(async () => {
    await notifier.advance(minutes(60)); // so that the page before is long ago
    // The clock stands until the test moves it: on a slow machine five quiet seconds may pass by themselves.
    const [{ now } = { now: '' }] = await notifier.query<{ now: string }>('SELECT handoff_now()::text AS now');
    await notifier.query(
      `CREATE OR REPLACE FUNCTION handoff_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$SELECT timestamptz '${now}'$$`,
    );
    pages = [];
  });
  afterAll(async () => {
    await notifier?.stop();
    receiver?.close();
  });

  const garbage = (n: number) => Array.from({ length: n }, (_, at) => ({ key: `k${at}`, value: '{"not":"an event"}' }));
  const counted = (): number => pages.reduce((sum, { data }) => sum + data.count, 0);
  /** As many as that were heard of, and wait in a page that is not sent yet. */
  const collected = (count: number): Promise<unknown> =>
    eventually(`${count} are collected`, async () => {
      const [row] = await notifier.query<{ count: number }>(
        `SELECT (page ->> 'count')::int AS count FROM dead_letter_pages WHERE state = 'collecting'`,
      );
      return row?.count === count;
    });

  it('page the fallback, with what is needed to find them', async () => {
    await notifier.deliverRaw(handoffRouted, garbage(1));
    await collected(1);
    await notifier.advance(minutes(1));
    const [letter] = await notifier.query<{ id: string }>(`SELECT id FROM dead_letters WHERE topic = 'handoff.routed'`);
    expect(pages).toMatchObject([
      {
        type: 'handoff.dead_letters',
        data: {
          count: 1,
          kinds: [{ service: 'notifier', topic: 'handoff.routed', code: 'missing', count: 1 }],
          newest: { id: letter?.id, partition: expect.any(String), offset: '0', message: expect.stringContaining('missing') },
        },
      },
    ]);
  });

  it('page once where a thousand come at once, and say how many', async () => {
    await Promise.all(garbage(1000).map((record) => notifier.deliverRaw(handoffAccepted, [record])));
    await collected(1000);
    await notifier.advance(minutes(1));
    expect(pages).toMatchObject([{ data: { count: 1000, kinds: [{ topic: 'handoff.accepted', count: 1000 }] } }]);
  });

  it('page again after ten minutes at the earliest, with all that came meanwhile', async () => {
    for (const [died, waits] of [
      [1, 1],
      [2, 2],
      [3, 5],
    ] as const) {
      await notifier.deliverRaw(handoffRouted, garbage(died));
      await collected(waits);
      await notifier.advance(minutes(1));
    }
    expect(pages).toMatchObject([{ data: { count: 1 } }]);
    await notifier.advance(minutes(8));
    expect(pages).toMatchObject([{ data: { count: 1 } }, { data: { count: 5 } }]);
  });

  it('are paged again and again while the fallback is away, as one page', async () => {
    isReceiverWell = false;
    await notifier.deliverRaw(handoffRouted, garbage(1));
    await collected(1);
    await notifier.advance(minutes(1));
    await eventually(
      'tried',
      async () => (await notifier.query(`SELECT 1 FROM dead_letter_pages WHERE state = 'due' AND attempts > 0`)).length > 0,
    );
    isReceiverWell = true;
    await notifier.advance(minutes(3));
    await eventually('paged', () => counted() === 1);
  });

  it('that another tool wrote are heard of too', async () => {
    await notifier.deliverRaw({ topic: deadLetterTopic(handoffRouted.topic) }, [{ value: 'anything' }]);
    await collected(1);
    await notifier.advance(minutes(1));
    expect(pages).toMatchObject([{ data: { kinds: [{ service: 'unknown', topic: 'handoff.routed', code: 'unknown' }] } }]);
  });

  it('cannot be looked at by operators where there is no secret for their tokens', async () => {
    const answer = await fetch(`${notifier.url}/operator/v1/dead-letters`, { headers: { authorization: 'Bearer x' } });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not_set_up']);
  });
});
