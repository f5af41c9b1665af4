import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffDecisions,
  handoffDirectory,
  handoffNotified,
  handoffRouted,
  isJsonObject,
  minutes,
  type HandoffAccepted,
  type HandoffDecision,
  type HandoffNotified,
  type HandoffRouted,
  type JsonObject,
  type PersonId,
  type PushChannel,
} from '@handoff/contracts';
import {
  anAcceptedHandoff,
  aPerson,
  aRouting,
  eventually,
  FakeMailbox,
  FakeNtfy,
  FakeReceiver,
  FakeSlack,
  mrkdwnIn,
  openTestSession,
  slackButtons,
  startTestService,
  type SignedCallback,
  type TestService,
} from '@handoff/testing';
import { renderTable, type Shown } from './channel-table.for-spec.js';

const SECRET = 'a secret that is long enough for signing';
const DESK = 'http://desk.test';
const TABLE = new URL('../../../../docs/channels/README.md', import.meta.url);
const HOSTILE = '<!channel> <https://evil.test|your bank> *bold* <@U1> & _so on_';

describe('the channels', () => {
  let notifier: TestService;
  let slack: FakeSlack;
  let ntfy: FakeNtfy;
  let mailbox: FakeMailbox;
  let receiver: FakeReceiver;
  const cookies = new Map<string, string>();
  const shown: Shown[] = [];
  /** What this test has seen of a channel; the docs' table is made of nothing else. */
  const seen = (channel: PushChannel, column: Shown['column'], text: string): void => void shown.push({ channel, column, text });

  beforeAll(async () => {
    [slack, ntfy, mailbox, receiver] = await Promise.all([
      FakeSlack.start(SECRET),
      FakeNtfy.start('tk_ours'),
      FakeMailbox.start(),
      FakeReceiver.start(() => ({ status: 200, headers: { 'handoff-reference': 'ticket-1' } })),
    ]);
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('../notifier.module.js'),
      env: {
        DESK_URL: DESK,
        SIGN_IN_LINK_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
        SMTP_URL: mailbox.url,
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        NTFY_URL: ntfy.url,
        NTFY_TOKEN: 'tk_ours',
        NORMAL_EVERY_SECONDS: '0',
      },
    });
    const people = ['ana', 'ben', 'chloe'].map((it) =>
      aPerson(it, [
        { channel: 'slack', address: slackUser(it) },
        { channel: 'ntfy', address: `topic-of-${it}` },
        { channel: 'email', address: `${it}@example.test` },
        { channel: 'webhook', address: `${receiver.url}/${it}` },
      ]),
    );
    await notifier.deliver(handoffDirectory, people);
    for (const subject of ['ana', 'ben', 'chloe']) cookies.set(subject, await openTestSession(notifier, subject));
  });
  afterAll(async () => {
    await Promise.all([notifier?.stop(), slack?.stop(), ntfy?.stop(), mailbox?.stop(), receiver?.stop()]); // one still hangs
  });

  const slackUser = (subject: string): string => `U${subject.toUpperCase().padEnd(8, '0')}`;

  async function onDesk(
    channel: PushChannel,
    { to = 'ana', packet = {}, routing = {} }: { to?: string; packet?: Record<string, unknown>; routing?: Partial<HandoffRouted> } = {},
  ): Promise<HandoffAccepted> {
    const handoff = anAcceptedHandoff({ packet });
    await notifier.deliver(handoffAccepted, [handoff]);
    const ladder = [{ channel, after_seconds: 0 }];
    await notifier.deliver(handoffRouted, [aRouting(handoff, { ladder, asked: [to as PersonId], ...routing })]);
    return handoff;
  }

  async function told({ handoff_id }: HandoffAccepted, event: HandoffNotified['event'], times = 1): Promise<HandoffNotified> {
    return eventually(`${event} is told`, async () => {
      const found = (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff_id && it.event === event);
      return found.length >= times && found.at(-1);
    });
  }

  /** So that what a test tells a provider to answer is the answer to its own message. */
  const settled = () =>
    eventually(
      'nothing is on its way',
      async () =>
        (await notifier.query(`SELECT 1 FROM notifications WHERE state IN ('sending', 'stale', 'updating') LIMIT 1`)).length === 0,
    );

  const decisionOf = async ({ handoff_id }: HandoffAccepted): Promise<HandoffDecision | undefined> =>
    (await notifier.published(handoffDecisions)).find((it) => it.handoff_id === handoff_id);

  const http = (path: string, init: RequestInit = {}): Promise<Response> => fetch(notifier.url + path, { redirect: 'manual', ...init });
  async function desk(as: string, path: string, method = 'GET', body?: object): Promise<{ status: number; body: JsonObject }> {
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    const headers = { ...type, 'x-handoff-desk': '1', cookie: cookies.get(as) ?? '' };
    const answer = await http(`/desk/v1/${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as JsonObject) };
  }
  const decide = (as: string, { handoff_id }: HandoffAccepted, answer: object) =>
    desk(as, `handoffs/${handoff_id}/decisions`, 'POST', { packet_version: 1, ...answer });
  const toSlack = async (callback: SignedCallback): Promise<{ status: number; body: string }> => {
    const answer = await http('/channels/slack/callback', callback);
    return { status: answer.status, body: await answer.text() };
  };
  const LATE = /^ben rejected this on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\. Your answer was not recorded\.$/;

  describe('Slack', () => {
    const lastOf = (subject: string) => eventually(`a message for ${subject}`, () => slack.of(slackUser(subject)).at(-1));
    const buttonsOf = async (subject: string) => slackButtons(await lastOf(subject));

    const fieldOf = ({ blocks }: JsonObject, label: string): string => {
      const inputs = Array.isArray(blocks) ? blocks.filter(isJsonObject) : [];
      return String(inputs.find((it) => JSON.stringify(it).includes(`"text":"${label}"`))?.['block_id']);
    };

    const codeOf = async (subject: string): Promise<string> => String((await desk(subject, 'me/channels/slack/link', 'POST')).body['code']);
    const say = async (as: string, code: string): Promise<string> => (await toSlack(slack.command(slackUser(as), `link ${code}`))).body;
    const link = async (subject: string): Promise<string> => say(subject, await codeOf(subject));

    it('is one person’s at a time, by a code that is good once', async () => {
      const code = await codeOf('chloe');
      expect(await say('dan', code)).toContain('You are chloe here');
      expect(await say('dan', code)).toContain('not known');
      expect(await say('dan', await codeOf('ben'))).toContain('You are ben here');
      const linkedOf = async (subject: string) => JSON.stringify((await desk(subject, 'me/channels')).body).includes('"is_linked":true');
      expect([await linkedOf('chloe'), await linkedOf('ben')]).toEqual([false, true]);
      expect((await desk('ben', 'me/channels/slack/link', 'DELETE')).status).toBe(204);
      expect(await linkedOf('ben')).toBe(false);
    });

    it('has a button for each answer, which counts once its presser has linked the account', async () => {
      const handoff = await onDesk('slack');
      await told(handoff, 'delivered');
      const approve = (await buttonsOf('ana')).get('decide:approve');
      expect([...(await buttonsOf('ana')).keys()]).toEqual(
        ['approve', 'edit', 'reject', 'respond', 'take_over'].map((it) => `decide:${it}`).concat('open'),
      );
      if (!approve) throw new Error('There is no button.');
      expect((await toSlack(slack.pressed(slackUser('ana'), approve))).status).toBe(200);
      expect(slack.whispers.at(-1)).toContain('not linked');
      expect(await decisionOf(handoff)).toBeUndefined();
      expect(await link('ana')).toContain('You are ana here');
      await link('ben');
      await toSlack(slack.pressed(slackUser('ben'), approve));
      expect(slack.whispers.at(-1)).toContain('somebody else’s');
      expect((await toSlack(slack.pressed(slackUser('ana'), approve))).status).toBe(200);
      expect(await decisionOf(handoff)).toMatchObject({ type: 'approve', decided_by: [{ subject: 'ana', channel: 'slack' }] });
      await eventually('closed', async () => JSON.stringify((await lastOf('ana')).blocks).includes('ana approved this on'));
      expect([...(await buttonsOf('ana')).keys()]).toEqual(['open']);
      expect(slack.of(slackUser('ana'))).toHaveLength(1);
      seen('slack', 'send', 'a message with a button for each answer');
      seen('slack', 'update', 'the message itself; its buttons go');
      seen('slack', 'callback', 'signed; by the linked account alone');
    });

    it('says who was first to a late press, and takes no signature twice, early, late or forged', async () => {
      const handoff = await onDesk('slack');
      await told(handoff, 'delivered');
      const approve = (await buttonsOf('ana')).get('decide:approve');
      if (!approve) throw new Error('There is no button.');
      const press = slack.pressed(slackUser('ana'), approve);
      const now = Math.floor(Date.now() / 1000);
      for (const [at, secret] of [[now - 310], [now + 310], [now, 'another secret, as long as it']] as const)
        expect((await toSlack(slack.signed(press.body, at, secret))).status).toBe(401);
      expect((await toSlack({ ...press, body: `${press.body}&x=1` })).status).toBe(401);
      await decide('ben', handoff, { type: 'reject' });
      expect((await toSlack(press)).status).toBe(200);
      expect(slack.whispers.at(-1)).toMatch(LATE);
      expect(await toSlack(press)).toEqual({ status: 401, body: 'This request was taken already.' });
      expect(await decisionOf(handoff)).toMatchObject({ decided_by: [{ subject: 'ben' }] });
    });

    it('edits and answers in words in a modal that keeps what was written', async () => {
      const handoff = await onDesk('slack');
      await told(handoff, 'delivered');
      const edit = (await buttonsOf('ana')).get('decide:edit');
      if (!edit) throw new Error('There is no button.');
      await toSlack(slack.pressed(slackUser('ana'), edit));
      const view = slack.views.at(-1);
      if (!view) throw new Error('No modal was opened.');
      const [order, amount] = [fieldOf(view, 'order_id'), fieldOf(view, 'amount')];
      const wrong = await toSlack(slack.submitted(slackUser('ana'), view, { [order]: '4711', [amount]: 'a lot' }));
      expect(JSON.parse(wrong.body)).toEqual({ response_action: 'errors', errors: { [amount]: 'amount must stay a number.' } });
      const right = await toSlack(slack.submitted(slackUser('ana'), view, { [order]: '4711', [amount]: '50' }));
      expect(right.body).toContain('ana approved this with edits');
      expect(await decisionOf(handoff)).toMatchObject({ type: 'edit', action: { args: { order_id: '4711', amount: 50 } } });
      const again = await toSlack(slack.submitted(slackUser('ana'), view, { [order]: '4711', [amount]: '51' }));
      expect(again.body).toContain('ana approved this with edits');

      const other = await onDesk('slack');
      await told(other, 'delivered');
      const respond = (await buttonsOf('ana')).get('decide:respond');
      if (!respond) throw new Error('There is no button.');
      await toSlack(slack.pressed(slackUser('ana'), respond));
      const words = slack.views.at(-1);
      if (!words) throw new Error('No modal was opened.');
      await toSlack(slack.submitted(slackUser('ana'), words, { message: 'Ask for a photo first.' }));
      expect(await decisionOf(other)).toMatchObject({ type: 'respond', message: 'Ask for a photo first.' });
    });

    it('shows hostile text as text, and says where it was shortened', async () => {
      const long = `${HOSTILE} ${'<&>'.repeat(3000)}`;
      await told(await onDesk('slack', { packet: { original_request: long, reason_for_escalation: HOSTILE } }), 'delivered');
      const { text, blocks } = await lastOf('ana');
      expect(mrkdwnIn([...blocks])).toEqual([]);
      expect(text + JSON.stringify(blocks)).not.toMatch(/<[!@#h]/);
      expect(JSON.stringify(blocks)).toContain('(shortened; the link shows all)');
      seen('slack', 'limits', '3,000 characters a section: shortened, marked, with a link');
    });

    it('waits as Slack says, tries again what passes, and gives up what does not', async () => {
      await settled();
      slack.http.script.push(
        { status: 429, headers: { 'retry-after': '30' } },
        { status: 200, body: { ok: false, error: 'internal_error' } },
      );
      const limited = await onDesk('slack');
      await eventually('put off', async () => {
        const [row] = await notifier.query<{ wait: number }>(
          `SELECT extract(epoch FROM due_at - handoff_now())::int AS wait FROM notifications WHERE handoff_id = $1 AND state = 'due' AND attempts = 1`,
          [limited.handoff_id],
        );
        return row && row.wait > 20 && row.wait <= 30;
      });
      await notifier.advance(31);
      await told(limited, 'delivered');
      await settled();
      slack.http.script.push({ status: 200, body: { ok: false, error: 'restricted_action' } });
      expect(await told(await onDesk('slack'), 'failed')).toMatchObject({ attempts: 1, error: 'Slack answered restricted_action.' });
      seen('slack', 'failure', '`Retry-After` kept; `ok: false` by its error: again, the next channel, or gone');
    });
  });

  describe('ntfy', () => {
    const topic = (subject = 'ana') => ntfy.shown(`topic-of-${subject}`);
    const press = (action: { readonly body?: string } | undefined) =>
      http('/channels/ntfy/callback', { method: 'POST', headers: { 'content-type': 'application/json' }, body: action?.body ?? '{}' });

    it('has a priority and two buttons, and one message whatever becomes of it', async () => {
      const handoff = await onDesk('ntfy', { packet: { urgency: 'high' } });
      await told(handoff, 'delivered');
      const [message] = topic();
      expect(message).toMatchObject({ priority: 5, actions: [{ label: 'Approve' }, { label: 'Reject' }, { label: 'Open the desk' }] });
      const answers = await Promise.all([1, 2, 3].map(() => press(message?.actions[1])));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
      expect(await decisionOf(handoff)).toMatchObject({ type: 'reject', decided_by: [{ subject: 'ana', channel: 'ntfy' }] });
      await eventually('closed', () => topic()[0]?.message.startsWith('ana rejected this on'));
      expect(topic()).toHaveLength(1);
      expect(topic()[0]).toMatchObject({ priority: 2, actions: [{ label: 'Open the desk' }] });
      seen('ntfy', 'send', 'a push by urgency (priority 5 or 3), with approve and reject');
      seen('ntfy', 'update', 'the same notification in place, quietly');
      seen('ntfy', 'callback', 'the button’s token, once');
    });

    it('says who was first to a late press, in the same words', async () => {
      const handoff = await onDesk('ntfy', { to: 'chloe' });
      await told(handoff, 'delivered');
      const [approve] = topic('chloe').at(-1)?.actions ?? [];
      await decide('ben', handoff, { type: 'reject' });
      const late = await press(approve);
      expect(late.status).toBe(409);
      expect(((await late.json()) as { text: string }).text).toMatch(LATE);
    });

    it('is one message though the server took it and did not say so, and through ten minutes of trouble', async () => {
      await settled();
      ntfy.http.script.push('take-and-hang');
      const handoff = await onDesk('ntfy', { to: 'ben', packet: { original_request: `A long one: ${'é'.repeat(5000)}`, urgency: 'high' } });
      await eventually('taken', () => topic('ben').length === 1);
      ntfy.http.always = { status: 500 };
      for (let minute = 0; minute < 10; minute++) {
        await notifier.advance(minutes(1));
        await eventually(
          'nobody sends',
          async () => (await notifier.query(`SELECT 1 FROM notifications WHERE state = 'sending'`)).length === 0,
          20,
        );
      }
      ntfy.http.always = null;
      await notifier.advance(minutes(2));
      await told(handoff, 'delivered');
      expect(topic('ben')).toHaveLength(1);
      expect(topic('ben')[0]?.message).toContain('(shortened; the link shows all)');
      seen('ntfy', 'limits', '4,096 bytes: shortened, marked, with a link');
      seen('ntfy', 'failure', 'tried until the level ends; a message that was taken unheard is replaced, not doubled');
    });
  });

  describe('e-mail', () => {
    const mailOf = (handoff: HandoffAccepted) =>
      eventually('the mail', () => mailbox.mails.find(({ references }) => String(references).includes(handoff.handoff_id)));
    const linkOf = (text: string | undefined, label: string): string =>
      new RegExp(`${label} \\(opens a page.*\\n.*?(/actions/\\S+)`).exec(text ?? '')?.[1] ?? '';
    const form = (as: string, more: Record<string, string> = {}): RequestInit => ({
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        cookie: cookies.get(as) ?? '',
        ...more,
      },
      body: 'message=Go+ahead.',
    });

    it('has links that decide nothing, however often and by whom they are opened; a press of its own reader does', async () => {
      const handoff = await onDesk('email', { packet: { original_request: '<b>Refund</b> & more' } });
      const link = linkOf((await mailOf(handoff)).text, 'Approve');
      for (const method of ['GET', 'HEAD', 'GET', 'GET'])
        for (const cookie of ['', cookies.get('ana') ?? ''])
          expect((await http(link, { method, headers: { cookie } })).status).toBeLessThan(402);
      expect((await http(link, { headers: { cookie: cookies.get('ben') ?? '' } })).status).toBe(401);
      expect((await http(link, form('ben'))).status).toBe(401);
      expect((await http(link, form('nobody'))).status).toBe(401);
      expect((await http(link, form('ana', { 'sec-fetch-site': 'cross-site' }))).status).toBe(403);
      expect((await http(link, form('ana', { authorization: 'Bearer hk_agent' }))).status).toBe(403);
      const page = await (await http(link, { headers: { cookie: cookies.get('ana') ?? '' } })).text();
      expect(page).toContain('&lt;b&gt;Refund&lt;/b&gt; &amp; more');
      expect(await decisionOf(handoff)).toBeUndefined();
      expect((await http(link, form('ana'))).status).toBe(200);
      expect(await decisionOf(handoff)).toMatchObject({ type: 'approve', message: 'Go ahead.', decided_by: [{ channel: 'email' }] });
      expect((await http(link, form('ana'))).status).toBe(409);
      const token = link.replace('/actions/', '');
      const elsewhere = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) };
      expect((await http('/channels/ntfy/callback', elsewhere)).status).toBe(409);
      expect(JSON.stringify(await notifier.query('SELECT * FROM action_tokens'))).not.toContain(token);
      seen('email', 'send', 'plain text, in the handoff’s thread');
      seen('email', 'update', 'one more mail in the thread, of low importance');
      seen('email', 'callback', 'a page with everything, a session, a press');
    });

    it('says who was first to a late press, in the same words, and nothing after its time', async () => {
      const [late, expired] = [await onDesk('email'), await onDesk('email')];
      const links = [linkOf((await mailOf(late)).text, 'Take over'), linkOf((await mailOf(expired)).text, 'Reject')];
      await decide('ben', late, { type: 'reject' });
      const page = await (await http(links[0] ?? '', form('ana'))).text();
      expect(page.replace(/.*<p>(ben.*?)<\/p>.*/s, '$1')).toMatch(LATE);
      await notifier.query(`UPDATE action_tokens SET expires_at = handoff_now() WHERE handoff_id = $1`, [expired.handoff_id]);
      expect(await (await http(links[1] ?? '', form('ana'))).text()).toContain('This button has expired.');
      expect(await decisionOf(expired)).toBeUndefined();
    });

    it('tries again what a mail server puts off, and not what it refuses', async () => {
      mailbox.refusing = 451;
      const handoff = await onDesk('email');
      await eventually(
        'tried',
        async () =>
          (await notifier.query('SELECT 1 FROM notifications WHERE handoff_id = $1 AND attempts > 1', [handoff.handoff_id])).length > 0,
      );
      mailbox.refusing = null;
      await told(handoff, 'delivered');
      mailbox.refusing = 550;
      expect(await told(await onDesk('email'), 'failed')).toMatchObject({ attempts: 1 });
      mailbox.refusing = null;
      seen('email', 'failure', '4xx: tried until the level ends; 5xx: the next channel at once');
      seen('email', 'limits', 'one line of 120 characters as subject; long parts shortened, marked, with a link');
    });
  });

  it('are told apart by the settings: a callback of one that sends none back is not found', async () => {
    expect((await http('/channels/webhook/callback', { method: 'POST' })).status).toBe(404);
    expect((await http('/channels/email/callback', { method: 'POST' })).status).toBe(404);
  });

  it('let a person test each of hers, and say why one does not work', async () => {
    const results = new Map<string, JsonObject>();
    for (const channel of ['slack', 'ntfy', 'email', 'webhook'])
      results.set(channel, (await desk('chloe', `me/channels/${channel}/test`, 'POST')).body);
    expect([...results.values()].map(({ result }) => result)).toEqual(Array(4).fill('delivered'));
    for (let at = 0; at < 3; at++) await desk('chloe', 'me/channels/ntfy/test', 'POST');
    expect((await desk('chloe', 'me/channels/ntfy/test', 'POST')).status).toBe(429);
    await settled();
    slack.http.script.push({ status: 200, body: { ok: false, error: 'invalid_auth' } });
    expect((await desk('chloe', 'me/channels/slack/test', 'POST')).body).toMatchObject({
      result: 'refused',
      reason: 'Slack answered invalid_auth.',
    });
  });

  it('are sent to by what a person prefers, within what is allowed', async () => {
    const hourFromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
    const quiet = { from: hourFromNow(-1), until: hourFromNow(2), zone: 'UTC' };
    expect((await desk('chloe', 'me/preferences', 'PUT', { muted: ['slack', 'ntfy', 'email', 'webhook'], quiet_hours: null })).status).toBe(
      422,
    );
    expect((await desk('chloe', 'me/preferences', 'PUT', { muted: [], quiet_hours: { ...quiet, zone: 'Mars/Olympus' } })).status).toBe(422);
    expect((await desk('chloe', 'me/preferences', 'PUT', { muted: ['email'], quiet_hours: null })).status).toBe(200);
    const ladder = [
      { channel: 'email', after_seconds: 0 },
      { channel: 'ntfy', after_seconds: 600 },
    ] as const;
    const muted = await onDesk('email', { to: 'chloe', routing: { ladder } });
    expect(await told(muted, 'failed')).toMatchObject({ channel: 'email', error: 'chloe does not want to be asked by email.' });
    expect(await told(muted, 'delivered')).toMatchObject({ channel: 'ntfy' });
    expect((await desk('chloe', 'me/preferences', 'PUT', { muted: [], quiet_hours: quiet })).status).toBe(200);
    const [normal, critical] = [await onDesk('ntfy', { to: 'chloe' }), await onDesk('ntfy', { to: 'chloe', packet: { urgency: 'high' } })];
    await told(critical, 'delivered');
    const [row] = await notifier.query<{ state: string; attempts: number }>(
      `SELECT state, attempts FROM notifications WHERE handoff_id = $1 AND due_at > handoff_now() + interval '1 minute'`,
      [normal.handoff_id],
    );
    expect(row).toEqual({ state: 'due', attempts: 0 });
  });

  it('tell once that a person has seen what she was sent', async () => {
    const handoff = await onDesk('ntfy', { to: 'ben' });
    await told(handoff, 'delivered');
    for (let at = 0; at < 3; at++) expect((await desk('ben', `handoffs/${handoff.handoff_id}/seen`, 'POST')).status).toBe(204);
    expect((await desk('ana', `handoffs/${handoff.handoff_id}/seen`, 'POST')).status).toBe(204);
    expect(await told(handoff, 'seen')).toMatchObject({ recipient: 'ben', channel: 'ntfy', packet_version: 1 });
    expect(
      (await notifier.published(handoffNotified)).filter((it) => it.handoff_id === handoff.handoff_id && it.event === 'seen'),
    ).toHaveLength(1);
  });

  it('of a machine are signed, and hear what becomes of a copy that they name', async () => {
    const handoff = await onDesk('webhook');
    await told(handoff, 'delivered');
    await decide('ben', handoff, { type: 'reject' });
    const got = () => receiver.got.map(({ body }) => JSON.parse(body) as { type: string; data: { handoffId: string; reference: string } });
    const closed = await eventually('closed', () =>
      got().find(({ type, data }) => type === 'handoff.closed' && data.handoffId === handoff.handoff_id),
    );
    expect(closed.data.reference).toBe('ticket-1');
    await settled();
    receiver.script.push({ status: 302, headers: { location: 'http://127.0.0.1:1/' } });
    expect(await told(await onDesk('webhook'), 'failed')).toMatchObject({ attempts: 1, error: 'The receiver answered 302.' });
    receiver.script.push({ status: 503 });
    await told(await onDesk('webhook'), 'delivered');
    receiver.script.push({ status: 410 });
    expect(await told(await onDesk('webhook'), 'failed')).toMatchObject({ error: expect.stringContaining('410') });
    seen('webhook', 'send', 'a signed request (Standard Webhooks) with the copy as JSON');
    seen('webhook', 'update', '`handoff.updated`, `handoff.closed`, where the receiver named its copy');
    seen('webhook', 'callback', 'none: a machine is no person');
    seen('webhook', 'limits', 'none: each handoff by itself');
    seen(
      'webhook',
      'failure',
      '5xx, 429: until the level ends; 410: address given up, with a notice; redirects, other 4xx, private addresses: refused',
    );
  });

  it('are documented as they were found here', () => {
    const page = readFileSync(TABLE, 'utf8');
    const rendered = page.replace(/(<!-- table -->\n).*(<!-- end -->)/s, `$1\n${renderTable(shown)}\n$2`);
    if (process.env['HANDOFF_WRITE_DOCS']) writeFileSync(TABLE, rendered);
    else expect(page).toBe(rendered);
  });
});
