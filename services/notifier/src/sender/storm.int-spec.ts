import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handoffAccepted, handoffDirectory, handoffRouted, type PersonId } from '@handoff/contracts';
import {
  anAcceptedHandoff,
  aPerson,
  aRouting,
  eventually,
  FakeNtfy,
  FakeReceiver,
  openTestSession,
  startTestService,
  type TestService,
} from '@handoff/testing';

const SECRET = 'a secret that is long enough for signing';
/** Enough for many bundles; `HANDOFF_STORM=10000` is the size that it was made for, and tries the steady rate as well. */
const STORM = Number(process.env['HANDOFF_STORM'] ?? 1000);
const IS_FULL = process.env['HANDOFF_STORM'] !== undefined;
const BURST = 2;
const EVERY_SECONDS = 10;

describe(`${STORM} critical handoffs of one agent`, () => {
  let notifier: TestService;
  let ntfy: FakeNtfy;
  let receiver: FakeReceiver;

  beforeAll(async () => {
    [ntfy, receiver] = await Promise.all([FakeNtfy.start('tk_ours'), FakeReceiver.start()]);
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('../notifier.module.js'),
      env: {
        DESK_URL: 'http://desk.test',
        SIGN_IN_LINK_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        NTFY_URL: ntfy.url,
        NTFY_TOKEN: 'tk_ours',
        CRITICAL_BURST: String(BURST),
        CRITICAL_EVERY_SECONDS: String(EVERY_SECONDS),
      },
    });
    const ana = aPerson('ana', [{ channel: 'ntfy', address: 'ana' }]);
    const ben = aPerson('ben', [
      { channel: 'ntfy', address: 'ben' },
      { channel: 'webhook', address: `${receiver.url}/ben` },
    ]);
    await notifier.deliver(handoffDirectory, [ana, ben]);
  }, 60_000);
  afterAll(async () => {
    await notifier?.stop();
    await Promise.all([ntfy?.stop(), receiver?.stop()]);
  });

  const published = (topic: string) =>
    ntfy.http.got
      .map(({ body }) => JSON.parse(body) as { topic: string; title: string; sequence_id: string })
      .filter((it) => it.topic === topic);
  const countOf = (title: string): number => Number(/^(\d+) handoffs wait for you$/.exec(title)?.[1] ?? 1);
  const idle = () =>
    eventually(
      'nothing is due',
      async () =>
        (await notifier.query(`SELECT 1 FROM notifications WHERE state = 'sending' OR (state = 'due' AND due_at <= handoff_now()) LIMIT 1`))
          .length === 0,
      60,
    );

  /** As the consumers leave them, all due at the same moment. */
  async function storm(count: number): Promise<void> {
    const handoff = anAcceptedHandoff({ packet: { urgency: 'high' } });
    const routed = JSON.stringify(aRouting(handoff, { asked: ['ana'] as readonly string[] as PersonId[] }));
    await notifier.query(
      `WITH storm AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $1::int) AS n),
       packed AS (INSERT INTO packets (handoff_id, packet_version, packet, completeness) SELECT id, 1, $2::jsonb, '{}' FROM storm),
       items AS (
         INSERT INTO desk_items (handoff_id, tenant, state, task_id, agent_id, kind, urgency, title, reason_code, action_name, packet_version,
                                 accepted_sequence, accepted_at, action_digest, routed, routed_sequence, decide_by)
         SELECT id, 'default', 'open', 'task-' || n, 'in-a-loop', 'escalation', 'high', 'Refund ' || n, 'other', 'refund_order', 1,
                1, handoff_now(), '', $3::jsonb, 1, handoff_now() + interval '15 minutes' FROM storm)
       INSERT INTO notifications (id, handoff_id, level, cycle, recipient, channel, state, due_at, lane)
       SELECT gen_random_uuid(), id, 1, 1, 'ana', 'ntfy', 'due', handoff_now(), 'default/in-a-loop' FROM storm`,
      [count, JSON.stringify(handoff.packet), routed],
    );
  }

  // A promise of time, which a machine that runs other tests besides cannot keep.
  if (IS_FULL)
    it('would reach a person within a second each, if they came fifty in a second', async () => {
      const [seconds, atOnce] = [10, 5];
      const sent = new Map<string, number>();
      const deliveries: Promise<void>[] = [];
      const people = ['ben'] as readonly string[] as PersonId[];
      for (let at = 0; at < (seconds * 50) / atOnce; at++) {
        const handoffs = Array.from({ length: atOnce }, () => anAcceptedHandoff({ packet: { urgency: 'high' } }));
        for (const { handoff_id } of handoffs) sent.set(handoff_id, performance.now());
        const routed = handoffs.map((it) => aRouting(it, { asked: people }));
        deliveries.push(notifier.deliver(handoffAccepted, handoffs), notifier.deliver(handoffRouted, routed));
        await sleep((1000 * atOnce) / 50); // the rate is what is tried
      }
      await Promise.all(deliveries);
      const delays = await eventually('all are reached', async () => {
        const rows = await notifier.query<{ handoff_id: string; delay: number }>(
          `SELECT n.handoff_id, extract(epoch FROM n.delivered_at - d.accepted_at)::float8 AS delay
         FROM notifications n JOIN desk_items d USING (handoff_id) WHERE n.channel = 'webhook' AND n.delivered_at IS NOT NULL`,
        );
        const ours = rows.filter(({ handoff_id }) => sent.has(handoff_id)).map(({ delay }) => delay);
        return ours.length === sent.size && ours.toSorted((a, b) => a - b);
      });
      const p99 = delays[Math.floor(delays.length * 0.99)] ?? Infinity;
      if (process.env['HANDOFF_SHOW_FIGURES'])
        process.stderr.write(`50 a second: p50 ${delays[Math.floor(delays.length / 2)]} s, p99 ${p99} s\n`);
      expect(p99).toBeLessThan(1);
    }, 60_000);

  it('reach a person as some messages within her limits, the first at once, and hold up nobody else’s', async () => {
    await storm(STORM / 2);
    await notifier.advance(0);
    await eventually('the first alert', () => published('ana').length > 0);
    const quiet = anAcceptedHandoff({ packet: { urgency: 'high' } });
    await notifier.deliver(handoffAccepted, [quiet]);
    const ladder = [{ channel: 'ntfy', after_seconds: 0 }] as const;
    await notifier.deliver(handoffRouted, [aRouting(quiet, { asked: ['ben'] as readonly string[] as PersonId[], ladder })]);
    await eventually('another agent’s', () => published('ben').length === 1);
    await idle();
    await storm(STORM / 2); // by now she has had as many in a row as she may
    await notifier.advance(0);
    await idle();
    let steps = 0;
    while (
      (await notifier.query(`SELECT 1 FROM notifications WHERE recipient = 'ana' AND state = 'due' LIMIT 1`)).length > 0 &&
      steps < 12
    ) {
      steps++;
      await notifier.advance(EVERY_SECONDS);
      await idle();
    }
    expect(steps).toBeGreaterThan(0);
    const messages = published('ana');
    expect(messages[0]?.title).toMatch(/^\[high\] Refund \d+$/);
    expect(messages.reduce((sum, { title }) => sum + countOf(title), 0)).toBe(STORM);
    const seconds = await notifier.query<{ seconds: number }>(
      `SELECT extract(epoch FROM max(delivered_at) - min(delivered_at))::float8 AS seconds FROM notifications WHERE recipient = 'ana'`,
    );
    const most = BURST + Math.ceil((seconds[0]?.seconds ?? 0) / EVERY_SECONDS);
    expect(messages.length).toBeLessThanOrEqual(most);
    expect(await notifier.query(`SELECT DISTINCT state FROM notifications WHERE recipient = 'ana'`)).toEqual([{ state: 'delivered' }]);
    if (process.env['HANDOFF_SHOW_FIGURES']) process.stderr.write(`${STORM} handoffs: ${messages.length} messages in ${steps} steps\n`);
  }, 180_000);

  it('close a bundle’s message little by little, not once for each', async () => {
    const bundles = await notifier.query<{ bundle_id: string; handoffs: number }>(
      `SELECT bundle_id, count(*)::int AS handoffs FROM notifications WHERE bundle_id IS NOT NULL GROUP BY 1 ORDER BY 2 LIMIT 1`,
    );
    const [bundle] = bundles;
    if (!bundle) throw new Error('Nothing was bundled.');
    const before = published('ana').length;
    const ben = await openTestSession(notifier, 'ben');
    const some = await notifier.query<{ handoff_id: string }>('SELECT handoff_id FROM notifications WHERE bundle_id = $1 LIMIT 20', [
      bundle.bundle_id,
    ]);
    for (const { handoff_id } of some) {
      const answer = await fetch(`${notifier.url}/desk/v1/handoffs/${handoff_id}/decisions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-handoff-desk': '1', cookie: ben },
        body: JSON.stringify({ packet_version: 1, type: 'reject' }),
      });
      expect(answer.status).toBe(201);
    }
    await notifier.advance(20);
    await eventually(
      'up to date',
      async () => (await notifier.query(`SELECT 1 FROM notifications WHERE state IN ('stale', 'updating') LIMIT 1`)).length === 0,
      30,
    );
    const updates = published('ana').slice(before);
    expect(updates.length).toBeLessThanOrEqual(2);
    expect(ntfy.shown('ana').find((it) => it.sequence_id === bundle.bundle_id)?.message).toContain(
      `${some.length} of ${bundle.handoffs} have ended.`,
    );
  }, 60_000);
});
