import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffDirectory,
  handoffNotified,
  handoffRouted,
  minutes,
  type HandoffAccepted,
  type HandoffRouted,
  type PersonId,
} from '@handoff/contracts';
import {
  anAcceptedHandoff,
  aPerson,
  aRouting,
  eventually,
  FakeMailbox,
  FakeReceiver,
  openTestSession,
  type ScriptedAnswer,
  startTestService,
  type TestService,
} from '@handoff/testing';

const SECRET = 'a secret that is long enough for signing';
const DESK = 'http://desk.test';

interface Sent {
  readonly path: string;
  readonly type: string;
  readonly data: {
    readonly handoffId?: string;
    readonly reference?: string;
    readonly ending?: string;
    readonly news?: string | null;
    readonly packetVersion?: number;
  };
}

describe('the copies that people have', () => {
  let notifier: TestService;
  let receiver: FakeReceiver;
  let mailbox: FakeMailbox;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    mailbox = await FakeMailbox.start();
    receiver = await FakeReceiver.start(({ path }) => ({ status: 200, headers: { 'handoff-reference': `copy-of-${path.slice(1)}` } }));
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('../notifier.module.js'),
      env: {
        DESK_URL: DESK,
        SIGN_IN_LINK_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        SMTP_URL: mailbox.url,
        NORMAL_EVERY_SECONDS: '0',
      },
    });
    await notifier.deliver(
      handoffDirectory,
      ['ana', 'ben'].map((it) =>
        aPerson(it, [
          { channel: 'webhook', address: `${receiver.url}/${it}` },
          { channel: 'email', address: `${it}@example.test` },
        ]),
      ),
    );
    for (const subject of ['ana', 'ben']) cookies.set(subject, await openTestSession(notifier, subject));
  });
  afterAll(async () => {
    await notifier?.stop();
    await Promise.all([receiver?.stop(), mailbox?.stop()]);
  });

  const asked = (...people: readonly string[]) => people as readonly PersonId[];
  const byWebhook: Partial<HandoffRouted> = { asked: asked('ana'), ladder: [{ channel: 'webhook', after_seconds: 0 }] };

  async function onDesk(routing: Partial<HandoffRouted> = byWebhook, packet: Record<string, unknown> = {}): Promise<HandoffAccepted> {
    const handoff = anAcceptedHandoff({ packet });
    await notifier.deliver(handoffAccepted, [handoff]);
    await notifier.deliver(handoffRouted, [aRouting(handoff, routing)]);
    return handoff;
  }

  const sentFor = (handoff: HandoffAccepted): readonly Sent[] =>
    receiver.got
      .map(({ path, body }) => ({ path, ...(JSON.parse(body) as Omit<Sent, 'path'>) }))
      .filter(({ data }) => data.handoffId === handoff.handoff_id);
  const heard = (handoff: HandoffAccepted, type: string, times = 1) =>
    eventually(type, () => {
      const found = sentFor(handoff).filter((it) => it.type === type);
      return found.length === times && found;
    });
  const mailsFor = ({ handoff_id }: HandoffAccepted) => mailbox.mails.filter(({ references }) => String(references).includes(handoff_id));
  /** Nothing is on its way, and nothing is left to be brought up to date. */
  const settled = () =>
    eventually('settled', async () => {
      const rows = await notifier.query(
        `SELECT 1 FROM notifications WHERE state IN ('sending', 'stale', 'updating') OR (state = 'due' AND due_at <= handoff_now())`,
      );
      return rows.length === 0;
    });

  async function decide(as: string, { handoff_id }: HandoffAccepted, answer: object): Promise<void> {
    const response = await fetch(`${notifier.url}/desk/v1/handoffs/${handoff_id}/decisions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-handoff-desk': '1', cookie: cookies.get(as) ?? '' },
      body: JSON.stringify({ packet_version: 1, ...answer }),
    });
    expect(response.status).toBe(201);
  }

  it('are closed once, wherever the handoff was decided, and say who was first', async () => {
    const handoff = await onDesk();
    await heard(handoff, 'handoff.asked');
    await settled();
    await decide('ben', handoff, { type: 'reject' });
    const [closed] = await heard(handoff, 'handoff.closed');
    expect(closed).toMatchObject({ path: '/ana', data: { reference: 'copy-of-ana' } });
    expect(closed?.data.ending).toMatch(/^ben rejected this on .* UTC\.$/);
    await settled();
    expect(sentFor(handoff)).toHaveLength(2);
  });

  it('are closed too where the handoff ended while they were on their way', async () => {
    let answer: (it: ScriptedAnswer) => void = () => undefined;
    receiver.script.push(new Promise((kept) => (answer = kept)));
    const handoff = await onDesk();
    await heard(handoff, 'handoff.asked');
    await decide('ben', handoff, { type: 'approve' });
    answer({ status: 200, headers: { 'handoff-reference': 'late' } });
    expect((await heard(handoff, 'handoff.closed'))[0]?.data).toMatchObject({ reference: 'late' });
  });

  it('show a new version of the packet, once however many came', async () => {
    const handoff = await onDesk();
    await heard(handoff, 'handoff.asked');
    await settled();
    const versions = [2, 3].map((version): HandoffAccepted => {
      const packet = { ...handoff.packet, current_state: { text: `Version ${version}.` } };
      return { ...handoff, event: 'updated', sequence: version, packet_version: version, packet };
    });
    await notifier.deliver(handoffAccepted, versions);
    const updates = await eventually('the last version', () => {
      const found = sentFor(handoff).filter(({ type }) => type === 'handoff.updated');
      return found.at(-1)?.data.packetVersion === 3 && found;
    });
    expect(updates.at(-1)?.data.news).toBe('The agent has added to it; this is version 3.');
    await settled();
    expect(sentFor(handoff).length).toBeLessThanOrEqual(3);
  });

  it('say who has it now, where it was given to somebody else', async () => {
    const handoff = await onDesk();
    await heard(handoff, 'handoff.asked');
    await settled();
    await notifier.deliver(handoffRouted, [
      aRouting(handoff, { ...byWebhook, sequence: 2, asked: asked('ben'), why: 'Ana gave it to ben.' }),
    ]);
    const [updated] = await heard(handoff, 'handoff.updated');
    expect(updated).toMatchObject({ path: '/ana', data: { news: 'Now with ben. Ana gave it to ben.' } });
    expect((await heard(handoff, 'handoff.asked', 2)).map(({ path }) => path)).toEqual(['/ana', '/ben']);
  });

  it('are one thread of mails, text first, whose links decide nothing', async () => {
    const ladder = [{ channel: 'email', after_seconds: 0 }] as const;
    const title = 'Refund\r\nBcc: everybody@example.test\r\n\r\nor not';
    const handoff = await onDesk({ ladder, asked: asked('ana') }, { original_request: title });
    await eventually('the mail', () => mailsFor(handoff).length === 1);
    await settled();
    await decide('ben', handoff, { type: 'approve' });
    const [first, closing] = await eventually('the closing mail', () => mailsFor(handoff).length === 2 && mailsFor(handoff));
    expect(first?.subject).toBe('[medium] Refund[U+000D]');
    expect(first?.headers.has('bcc')).toBe(false);
    expect(first?.html).toBe(false);
    expect(first?.headers.get('list')).toMatchObject({ unsubscribe: { url: `${DESK}/#/mine` } });
    expect(closing).toMatchObject({ subject: first?.subject, inReplyTo: first?.messageId });
    expect(closing?.text).toMatch(/^ben approved this on/);
  });

  it('are sent until their level ends, while the next channel comes meanwhile', async () => {
    receiver.always = { status: 500 };
    const ladder = [
      { channel: 'webhook', after_seconds: 0 },
      { channel: 'email', after_seconds: 3000 },
    ] as const;
    const handoff = await onDesk({ ladder, asked: asked('ana') });
    for (let minute = 0; minute < 10; minute++) {
      await notifier.advance(minutes(1));
      await settled();
    }
    expect(mailsFor(handoff)).toHaveLength(1);
    receiver.always = null;
    await notifier.advance(minutes(3));
    await eventually('delivered', async () => {
      const told = (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff.handoff_id);
      return told.some(({ event, channel }) => event === 'delivered' && channel === 'webhook');
    });
  });

  it('go to an address no more that is gone, and its owner hears of it elsewhere', async () => {
    receiver.script.push({ status: 410 });
    const handoff = await onDesk({ ladder: [{ channel: 'webhook', after_seconds: 0 }], asked: asked('ben') });
    const failed = await eventually('told', async () =>
      (await notifier.published(handoffNotified)).find((it) => it.handoff_id === handoff.handoff_id && it.event === 'failed'),
    );
    expect(failed).toMatchObject({ channel: 'webhook', error: expect.stringContaining('410') });
    await eventually('the notice', () => mailbox.mails.some(({ subject }) => subject === 'You are not reached by webhook any more'));
    const before = receiver.got.length;
    const next = await onDesk({ ladder: [{ channel: 'webhook', after_seconds: 0 }], asked: asked('ben') });
    await eventually('refused', async () =>
      (await notifier.published(handoffNotified)).some(
        (it) => it.handoff_id === next.handoff_id && it.error?.includes('not used any more'),
      ),
    );
    expect(receiver.got).toHaveLength(before);
  });
});
