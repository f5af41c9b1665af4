import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAccepted,
  handoffClock,
  handoffDecisions,
  handoffDirectory,
  handoffMoves,
  handoffNotified,
  handoffRouted,
  type DirectoryEntry,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffDecision,
  type HandoffEvent,
  type HandoffRouted,
} from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, eventually, startTestService, type TestService } from '@handoff/testing';

const SECRET = 'a secret that is long enough for signing';
const ORIGIN = 'http://desk.test';

describe('the notifier', () => {
  let notifier: TestService;
  let receiver: Receiver;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    receiver = await Receiver.start();
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('./notifier.module.js'),
      env: {
        DESK_URL: ORIGIN,
        SIGN_IN_LINK_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        FALLBACK_WEBHOOK_URL: `${receiver.url}/fallback`,
      },
    });
    await notifier.deliver(handoffDirectory, [aPerson('ana', ['support']), aPerson('ben', ['support']), aPerson('chloe', ['managers'])]);
    for (const subject of ['ana', 'ben', 'chloe']) cookies.set(subject, await signIn(subject));
  });
  afterAll(async () => {
    await notifier.stop();
    await receiver.stop();
  });

  function aPerson(subject: string, teams: readonly string[]): DirectoryEntry {
    const addresses = [{ channel: 'webhook', address: `${receiver.url}/${subject}` }];
    const entry = {
      tenant: DEFAULT_TENANT,
      id: `person:${subject}`,
      entry: 'person',
      name: subject,
      version: 1,
      active: true,
      roles: ['responder'],
      changed_at: '2026-01-01T00:00:00Z',
    };
    return { ...entry, teams, addresses } as unknown as DirectoryEntry; // ids are plain texts in this test
  }

  function token(subject: string, seconds = 60): string {
    const content = Buffer.from(JSON.stringify({ sub: subject, exp: Date.now() / 1000 + seconds })).toString('base64url');
    return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
  }

  async function signIn(subject: string): Promise<string> {
    const answer = await fetch(`${notifier.url}/sign-in?token=${token(subject)}`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  async function post(
    as: string,
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${notifier.url}/desk/v1/handoffs/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-handoff-desk': '1', origin: ORIGIN, cookie: cookies.get(as) ?? '', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const decide = (as: string, handoff: HandoffAccepted, answer: object) =>
    post(as, `${handoff.handoff_id}/decisions`, { packet_version: 1, ...answer });

  async function onDesk(
    over: Parameters<typeof anAcceptedHandoff>[0] = {},
    routing: Partial<HandoffRouted> = {},
  ): Promise<HandoffAccepted> {
    const handoff = anAcceptedHandoff(over);
    await notifier.deliver(handoffAccepted, [handoff]);
    await notifier.deliver(handoffRouted, [aRouting(handoff, routing)]);
    return handoff;
  }
  const decisionsOf = async (handoff: HandoffAccepted): Promise<readonly HandoffDecision[]> =>
    (await notifier.published(handoffDecisions)).filter((it) => it.handoff_id === handoff.handoff_id);

  it('publishes a person’s approval once, with everything that an agent needs to go on', async () => {
    const handoff = await onDesk({ packet: { resume: { thread: 't-1' } } });
    const { status } = await decide('ana', handoff, { type: 'approve', asking_was: 'unnecessary' });
    expect(status).toBe(201);
    expect(await decisionsOf(handoff)).toMatchObject([
      {
        type: 'approve',
        task_id: handoff.task_id,
        agent_id: handoff.agent_id,
        action: { name: 'refund_order', args: { order_id: '4711', amount: 129.5 } },
        action_digest: handoff.action_digest,
        decided_by: [{ subject: 'ana', level: 1, channel: 'desk' }],
        resume: { thread: 't-1' },
        asking_was: 'unnecessary',
        sla: { class: 'normal', met: true },
      },
    ]);
  });

  it('opens a handoff whose routing came before its packet', async () => {
    const handoff = anAcceptedHandoff();
    await notifier.deliver(handoffRouted, [aRouting(handoff)]);
    await notifier.deliver(handoffAccepted, [handoff]);
    expect((await decide('ben', handoff, { type: 'reject', message: 'Not this one.' })).status).toBe(201);
  });

  it('gives the same person the same decision again, and tells everybody else who was first', async () => {
    const handoff = await onDesk();
    const first = await decide('ana', handoff, { type: 'approve' });
    const again = await decide('ana', handoff, { type: 'approve' });
    const late = await decide('ben', handoff, { type: 'reject' });
    expect(again.body['decision_id']).toBe(first.body['decision_id']);
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'already_decided', detail: expect.stringMatching(/^ana approved this on .* Your answer was not recorded\.$/) },
    });
    expect(await decisionsOf(handoff)).toHaveLength(1);
  });

  it('takes an edit that keeps the types, and refuses one that does not, at the field', async () => {
    const handoff = await onDesk();
    const wrong = await decide('ana', handoff, { type: 'edit', args: { order_id: '4711', amount: 'a lot' } });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'args.amount', code: 'wrong_type' }] } });
    const right = await decide('ana', handoff, { type: 'edit', args: { order_id: '4711', amount: 50 } });
    expect(right).toMatchObject({ status: 201, body: { type: 'edit', action: { args: { order_id: '4711', amount: 50 } } } });
    expect(right.body['action_digest']).not.toBe(handoff.action_digest);
  });

  it('refuses an answer to a packet that is no longer the desk’s, and says what changed', async () => {
    const handoff = await onDesk();
    const packet = { ...handoff.packet, current_state: { text: 'The customer has found the receipt.' } };
    await notifier.deliver(handoffAccepted, [{ ...handoff, event: 'updated', sequence: 2, packet_version: 2, packet }]);
    expect(await decide('ana', handoff, { type: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'version_changed', packet_version: 2, changed: ['current_state'] },
    });
    const shown = (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff.handoff_id && it.channel === 'desk');
    expect(shown).toMatchObject([{ event: 'delivered', packet_version: 2 }]);
  });

  it('lets nobody decide who was not asked, wanted it himself, has no session, or is an agent', async () => {
    const handoff = await onDesk({ packet: { requested_by: 'ben' } });
    expect(await decide('chloe', handoff, { type: 'approve' })).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    expect(await decide('ben', handoff, { type: 'approve' })).toMatchObject({ status: 403, body: { code: 'not_allowed' } });
    expect((await decide('nobody', handoff, { type: 'approve' })).status).toBe(401);
    expect(
      (await post('ana', `${handoff.handoff_id}/decisions`, { packet_version: 1, type: 'approve' }, { authorization: 'Bearer hk_agent' }))
        .status,
    ).toBe(403);
    expect(
      (await post('ana', `${handoff.handoff_id}/decisions`, { packet_version: 1, type: 'approve' }, { origin: 'https://elsewhere.test' }))
        .status,
    ).toBe(403);
    expect(await decisionsOf(handoff)).toEqual([]);
  });

  it('refuses a sign-in link that is forged or has expired', async () => {
    for (const bad of [token('ana', -1), `${token('ana')}x`, 'nonsense', token('mallory')])
      expect((await fetch(`${notifier.url}/sign-in?token=${bad}`, { redirect: 'manual' })).status).toBe(401);
  });

  it('ends by routing’s word unless a person was first', async () => {
    const end = { type: 'withdrawn', reason: 'The customer called off.' } as const;
    const [open, decided] = [await onDesk(), await onDesk()];
    await decide('ana', decided, { type: 'approve' });
    await notifier.deliver(
      handoffRouted,
      [open, decided].map((it) => aRouting(it, { event: 'end', sequence: 2, end })),
    );
    expect(await decisionsOf(open)).toMatchObject([{ type: 'withdrawn', message: end.reason, decided_by: [], action: null }]);
    expect(await decisionsOf(decided)).toMatchObject([{ type: 'approve' }]);
  });

  it('gives an earlier answer again: a rejection in its own words, anything else as a duplicate without an action', async () => {
    const [rejected, approved, askedAgain, doneAlready] = [await onDesk(), await onDesk(), anAcceptedHandoff(), await onDesk()];
    await decide('ana', rejected, { type: 'reject', message: 'The parcel was delivered.' });
    await decide('ana', approved, { type: 'approve' });
    const [[no], [yes]] = [await decisionsOf(rejected), await decisionsOf(approved)];
    const ends = (it: HandoffAccepted, repeats = no?.decision_id) =>
      aRouting(it, {
        event: 'end',
        sequence: 2,
        page: false,
        end: { type: 'duplicate', reason: 'Asked for the same.', repeats: repeats ?? null },
      });
    await notifier.deliver(handoffRouted, [ends(askedAgain), ends(doneAlready, yes?.decision_id)]);
    await notifier.deliver(handoffAccepted, [askedAgain]);
    const nobody = { decided_by: [], action: null };
    expect(await decisionsOf(askedAgain)).toMatchObject([
      { ...nobody, type: 'reject', message: 'The parcel was delivered.', repeats: no?.decision_id },
    ]);
    expect(await decisionsOf(doneAlready)).toMatchObject([
      { ...nobody, type: 'duplicate', message: 'Asked for the same.', repeats: yes?.decision_id },
    ]);
    const late = await decide('ben', askedAgain, { type: 'approve' });
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'already_decided', detail: expect.stringMatching(/^This handoff ended as reject/) },
    });
    expect(await notifier.query('SELECT 1 FROM notifications WHERE handoff_id = $1', [askedAgain.handoff_id])).toEqual([]);
  });

  it('keeps an end that comes before its beginning', async () => {
    const handoff = anAcceptedHandoff();
    await notifier.deliver(handoffRouted, [
      aRouting(handoff, { event: 'end', sequence: 2, end: { type: 'withdrawn', reason: 'Never mind.' } }),
    ]);
    expect(await decisionsOf(handoff)).toEqual([]);
    await notifier.deliver(handoffAccepted, [handoff]);
    expect(await decisionsOf(handoff)).toMatchObject([{ type: 'withdrawn' }]);
  });

  it('sends everybody asked a signed copy, and tells that it was delivered', async () => {
    const handoff = await onDesk();
    const copies = await eventually('both copies', () => {
      const found = receiver.got.filter((it) => it.body.data.handoffId === handoff.handoff_id);
      return found.length === 2 && found;
    });
    expect(copies.map(({ path }) => path).sort()).toEqual(['/ana', '/ben']);
    expect(copies[0]?.body).toMatchObject({ type: 'handoff.asked', data: { link: `${ORIGIN}/#/handoffs/${handoff.handoff_id}` } });
    await eventually(
      'told',
      async () => (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff.handoff_id).length === 2,
    );
  });

  it('sends at once what was routed by a clock that is an hour ahead', async () => {
    const handoff = await onDesk({}, { asked: ['ana'] as never[], routed_at: new Date(Date.now() + 3_600_000).toISOString() });
    const [told] = await eventually('ana is told', async () => {
      const all = (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff.handoff_id && it.recipient);
      return all.length > 0 && all;
    });
    expect(told).toMatchObject({ event: 'delivered', recipient: 'ana', channel: 'webhook' });
  });

  it('asks nobody about a duplicate', async () => {
    const quiet = await onDesk({}, { page: false });
    const loud = await onDesk();
    await eventually('the loud one', () => receiver.got.some((it) => it.body.data.handoffId === loud.handoff_id));
    expect(receiver.got.filter((it) => it.body.data.handoffId === quiet.handoff_id)).toEqual([]);
  });

  it('holds the ladder while somebody is on it, and climbs it when the acknowledgement’s time runs out', async () => {
    const later = { ladder: [{ channel: 'webhook', after_seconds: 600 }] } as const;
    const [acknowledged, lapsed] = [await onDesk({}, later), await onDesk({}, later)];
    expect((await post('ana', `${acknowledged.handoff_id}/moves`, { move: 'acknowledge' })).status).toBe(201);
    const clock = {
      tenant: DEFAULT_TENANT,
      handoff_id: lapsed.handoff_id,
      sequence: 1,
      packet_version: 1,
      event: 'lapsed',
      clock: 'ack_by',
      level: 1,
      cycle: 1,
      share: null,
      result: null,
    } as const;
    await notifier.deliver(handoffClock, [{ ...clock, due_at: new Date().toISOString(), fired_at: new Date().toISOString() }]);
    await eventually('the ladder climbs', () => receiver.got.some((it) => it.body.data.handoffId === lapsed.handoff_id));
    expect(receiver.got.some((it) => it.body.data.handoffId === acknowledged.handoff_id)).toBe(false);
    expect((await notifier.published(handoffMoves)).filter((it) => it.handoff_id === acknowledged.handoff_id)).toMatchObject([
      { event: 'acknowledge', moved_by: 'ana' },
    ]);
  });

  const silence = ({ handoff_id }: HandoffAccepted, level: number, sequence: number): HandoffClock => {
    const at = new Date().toISOString();
    const kind = { event: 'unrouted', clock: 'route_by', level, cycle: level } as const; // cycle 0 before the first level, 1 at each
    return {
      tenant: DEFAULT_TENANT,
      handoff_id,
      sequence,
      packet_version: 1,
      ...kind,
      share: null,
      result: null,
      due_at: at,
      fired_at: at,
    };
  };

  it('pages the fallback when routing is silent', async () => {
    const handoff = anAcceptedHandoff();
    await notifier.deliver(handoffAccepted, [handoff]);
    await notifier.deliver(handoffClock, [silence(handoff, 0, 1)]);
    const page = await eventually('the page', () => receiver.got.find((it) => it.body.data.handoffId === handoff.handoff_id));
    expect(page).toMatchObject({ path: '/fallback', body: { type: 'handoff.unrouted' } });
  });

  it('pages no fallback for what it knows to be asked further on than a clock that has been away', async () => {
    const handoff = anAcceptedHandoff();
    const planned = async () => {
      const rows = await notifier.query<{ level: number }>(
        `SELECT level FROM notifications WHERE handoff_id = $1 AND recipient = 'fallback'`,
        [handoff.handoff_id],
      );
      return rows.map(({ level }) => level);
    };
    await notifier.deliver(handoffAccepted, [handoff]);
    await notifier.deliver(handoffRouted, [aRouting(handoff)]);
    await notifier.deliver(handoffClock, [silence(handoff, 0, 1)]);
    expect(await planned()).toEqual([]);
    await notifier.deliver(handoffClock, [silence(handoff, 1, 2)]);
    expect(await planned()).toEqual([1]);
  });

  it('tells everybody within seconds although every connection is cut while it claims and sends', async () => {
    const handoffs = Array.from({ length: 60 }, () => anAcceptedHandoff());
    await notifier.deliver(handoffAccepted, handoffs);
    const routed = notifier.deliver(
      handoffRouted,
      handoffs.map((it) => aRouting(it)),
    );
    for (let times = 0; times < 40; times++)
      await notifier.query(
        `SELECT pg_terminate_backend(pid), pg_sleep(0.02) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'handoff-notifier'`,
      );
    await routed;
    await told(...handoffs); // a lease is a minute
  });

  it('knows after a restore what was decided since the backup, who is on it and who was told, and tells nothing twice', async () => {
    const heldBySomebody = await onDesk();
    const decided = await onDesk();
    await told(heldBySomebody, decided);
    await notifier.backUp();
    const forgotten = await onDesk();
    await told(forgotten);
    const first = await decide('ana', decided, { type: 'approve' });
    const other = await decide('ben', forgotten, { type: 'reject', message: 'Not this one.' });
    await post('ana', `${heldBySomebody.handoff_id}/moves`, { move: 'acknowledge' });
    const before = await saidOf(heldBySomebody, decided, forgotten);
    const pages = receiver.got.length;

    await notifier.restore();
    expect(await decide('ben', decided, { type: 'reject' })).toMatchObject({ status: 409, body: { decision: first.body } });
    expect(await decide('ana', forgotten, { type: 'approve' })).toMatchObject({ status: 409, body: { decision: other.body } });
    expect(await detail('ana', forgotten)).toMatchObject({ state: 'ended', title: forgotten.packet.original_request });
    expect(await detail('ana', heldBySomebody)).toMatchObject({ state: 'open', acknowledged_by: 'ana' });
    expect(await saidOf(heldBySomebody, decided, forgotten)).toEqual(before);
    expect(receiver.got).toHaveLength(pages);

    const last = await decide('ana', heldBySomebody, { type: 'approve' });
    const sequences = before.filter((it) => it.handoff_id === heldBySomebody.handoff_id).map(({ sequence }) => sequence);
    expect(last).toMatchObject({ status: 201, body: { sequence: Math.max(...sequences) + 1 } });
  });

  /** Both of those who are asked, once each. A cut may leave a sent event in the outbox; sent again it is the same one, by its sequence. */
  const told = (...handoffs: readonly HandoffAccepted[]): Promise<boolean> =>
    eventually('everybody is told', async () => {
      const delivered = (await notifier.published(handoffNotified)).filter(({ event }) => event === 'delivered');
      const eventsOf = (id: string) => new Set(delivered.filter((it) => it.handoff_id === id).map(({ sequence }) => sequence));
      return handoffs.every(({ handoff_id }) => eventsOf(handoff_id).size === 2);
    });

  /** All that the notifier's topics have of these handoffs. */
  async function saidOf(...handoffs: readonly HandoffAccepted[]): Promise<readonly HandoffEvent[]> {
    const ids = new Set(handoffs.map((it) => it.handoff_id));
    const topics = [notifier.published(handoffNotified), notifier.published(handoffMoves), notifier.published(handoffDecisions)];
    return (await Promise.all<readonly HandoffEvent[]>(topics)).flat().filter(({ handoff_id }) => ids.has(handoff_id));
  }

  async function detail(as: string, { handoff_id }: HandoffAccepted): Promise<unknown> {
    const answer = await fetch(`${notifier.url}/desk/v1/handoffs/${handoff_id}`, { headers: { cookie: cookies.get(as) ?? '' } });
    return answer.json();
  }
});

interface Received {
  readonly path: string;
  readonly body: { readonly type: string; readonly data: { readonly handoffId: string; readonly link: string } };
}

/** The world outside: takes webhooks and records them. */
class Receiver {
  readonly got: Received[] = [];
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        receiver.got.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) as Received['body'] });
        response.writeHead(204).end();
      });
    });
    return receiver;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }
}
