import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { maskText, readServiceToken, type JsonObject } from '@handoff/contracts';
import { FakeReceiver, startTestService, type ScriptedAnswer, type TestService } from '@handoff/testing';
import { DESK_ENV, DeskDoor, FORWARDED_FOR, ORIGIN } from './desk-door.for-spec.js';

const SECRET = 'a secret that all services of the test share';
const problem = (status: number, code: string, more: object = {}): ScriptedAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ status, code, detail: 'In routing’s own words.', ...more }),
});

describe('what other services own', () => {
  let notifier: TestService;
  let desk: DeskDoor;
  let routing: FakeReceiver;
  let url: string;

  beforeAll(async () => {
    routing = await FakeReceiver.start(() => ({ status: 200, body: { items: [] } }));
    url = routing.url;
    const env = { ...DESK_ENV, SERVICE_TOKEN_SECRET: SECRET, ROUTING_URL: url, FORWARD_SECONDS: '1', TRUSTED_PROXIES: '127.0.0.1' };
    notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env });
    desk = await DeskDoor.open(notifier, {
      ana: { roles: ['responder'], teams: ['support'] },
      ben: { roles: ['responder', 'lead'], teams: ['support'] },
    });
  });
  beforeEach(() => {
    routing.got.length = 0;
  });
  afterAll(async () => {
    await notifier.stop();
    await routing.stop();
    for (const name of ['SERVICE_TOKEN_SECRET', 'ROUTING_URL', 'FORWARD_SECONDS', 'TRUSTED_PROXIES']) delete process.env[name];
  });

  const acts = async (act: string): Promise<readonly JsonObject[]> =>
    (await desk.ask('ben', `audit?act=${act}`)).body['entries'] as JsonObject[];
  const remove = (path: string, headers: Readonly<Record<string, string>> = { 'x-handoff-desk': '1', origin: ORIGIN }) =>
    fetch(`${notifier.url}/desk/v1/${path}`, { method: 'DELETE', headers: { cookie: desk.cookieOf('ben'), ...headers } });

  it('is asked for in the name of whoever is signed in, by a token that the service knows and that is for it alone', async () => {
    expect(await desk.ask('ben', 'schedules?from=2026-03-02T00:00:00Z')).toMatchObject({ status: 200, body: { items: [] } });
    const [{ method, path, headers } = { method: '', path: '', headers: {} }] = routing.got;
    expect([method, path]).toEqual(['GET', '/v1/schedules?from=2026-03-02T00:00:00Z']);
    expect(headers['cookie']).toBeUndefined();
    const token = headers.authorization?.slice('Bearer '.length) ?? '';
    expect(readServiceToken(token, SECRET, 'routing')).toEqual({
      subject: 'ben',
      roles: ['responder', 'lead'],
      tenant: 'default',
      audience: 'routing',
    });
    expect(readServiceToken(token, SECRET, 'sla-monitor')).toBeNull();
  });

  it('comes back as the service gave it: an answer, a table, and what it refuses', async () => {
    routing.script.push({ status: 200, headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment' }, body: 'a,b' });
    expect(await desk.ask('ana', 'policies')).toMatchObject({ status: 200, text: 'a,b' });
    routing.script.push(problem(422, 'invalid', { faults: [{ path: '/rules', line: 3 }] }));
    const refused = await desk.ask('ana', 'policies/check', { text: 'rules: 1' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', faults: [{ line: 3 }] } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(routing.got.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['GET', '/v1/policies', ''],
      ['POST', '/v1/policies/check', '{"text":"rules: 1"}'],
    ]);
  });

  it('is for people at the desk: nobody else, from nowhere else, and nothing besides', async () => {
    expect((await desk.ask('nobody', 'policies')).status).toBe(401);
    expect((await remove('overrides/o1', {})).status).toBe(403);
    expect((await remove('overrides/o1', { 'x-handoff-desk': '1', origin: 'https://evil.example' })).status).toBe(403);
    for (const path of ['policies/current/text', 'people/ana/duty.ics', 'schedules/x', 'overrides/..', 'policies/..'])
      expect([path, (await desk.ask('ben', path)).status]).toEqual([path, 404]);
    expect((await remove('policies/3')).status).toBe(404);
    expect(routing.got).toEqual([]);
  });

  it('is in the audit log where it changes something, with what came of it', async () => {
    routing.script.push({ status: 201, body: { version: 4 } }, problem(409, 'changed_meanwhile'), { status: 200, body: {} });
    for (const based_on of [3, 2]) await desk.ask('ben', 'policies', { text: 'policy: {}', based_on });
    await remove('overrides/o1');
    await desk.ask('ben', 'policies/check', { text: 'policy: {}' });
    expect(await acts('apply_policy')).toMatchObject([
      { details: { based_on: 2, version: null, result: 'refused', code: 'changed_meanwhile' } },
      { subject: 'ben', channel: 'desk', details: { based_on: 3, version: 4, result: 'done' } },
    ]);
    expect(await acts('end_override')).toMatchObject([{ details: { override: 'o1', result: 'done' } }]);
    const override = { person: 'ana', from: '2026-03-02T08:00:00Z', until: '2026-03-02T09:00:00Z' };
    routing.script.push('hang');
    const lost = await desk.ask('ben', 'schedules/s1/overrides', override);
    expect(lost).toMatchObject({ status: 503, body: { code: 'service_away', service: 'routing' } });
    expect(lost.body['detail']).toMatch(/not known whether this was done/);
    expect(await acts('override_duty')).toMatchObject([
      { address: FORWARDED_FOR, details: { schedule: 's1', ...override, result: 'unknown' } },
    ]);
  });

  it.each([
    ['our token is not taken', problem(401, 'unauthorized')],
    ['somebody else answers', { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>hello' }],
    ['it leads elsewhere', { status: 302, headers: { location: 'https://evil.example' } }],
    ['it is more than a page can show', { status: 200, body: 'x'.repeat(5 * 1024 * 1024) }],
  ])('says which service is to be looked at, and never signs anybody out, where %s', async (_, answer) => {
    routing.script.push(answer);
    expect(await desk.ask('ana', 'policies')).toMatchObject({ status: 502, body: { code: 'bad_answer', service: 'routing' } });
  });

  it('is said not to be set up where nobody said where the service is', async () => {
    const { status, body } = await desk.ask('ana', 'reports/sla?by=team');
    expect([status, body['code']]).toEqual([404, 'not_set_up']);
    expect(body['detail']).toMatch(/sla-monitor.*SLA_MONITOR_URL/);
  });

  describe('a person’s calendar', () => {
    const make = async (): Promise<string> => String((await desk.ask('ana', 'me/calendar', {})).body['url']).replace(ORIGIN, notifier.url);
    const calendar = { status: 200, headers: { 'content-type': 'text/calendar' }, body: 'BEGIN:VCALENDAR' };

    it('is read by its secret address without a session, in that person’s name, until she revokes it', async () => {
      expect((await desk.ask('ana', 'me/calendar')).body).toEqual({ is_set_up: true, made_at: null });
      const address = await make();
      routing.script.push(calendar);
      const read = await fetch(address);
      expect([read.status, read.headers.get('content-type'), await read.text()]).toEqual([
        200,
        'text/calendar; charset=utf-8',
        calendar.body,
      ]);
      expect(routing.got.map(({ path }) => path)).toEqual(['/v1/people/ana/duty.ics']);
      expect(readServiceToken(routing.got[0]?.headers.authorization?.slice(7) ?? '', SECRET, 'routing')).toMatchObject({ subject: 'ana' });
      expect(typeof (await desk.ask('ana', 'me/calendar')).body['made_at']).toBe('string');

      expect((await remove('me/calendar')).status).toBe(204); // ben’s, who has none
      const gone = await fetch(`${notifier.url}/desk/v1/me/calendar`, {
        method: 'DELETE',
        headers: { cookie: desk.cookieOf('ana'), 'x-handoff-desk': '1' },
      });
      expect(gone.status).toBe(204);
      expect((await fetch(address)).status).toBe(404);
      expect((await acts('revoke_calendar')).map(({ subject }) => subject)).toEqual(['ana']);
    });

    it('has one address at a time, which is kept as a hash and masked wherever it is logged', async () => {
      const [first, second] = [await make(), await make()];
      expect((await fetch(first)).status).toBe(404);
      routing.script.push(calendar);
      expect((await fetch(second)).status).toBe(200);
      const token = /hk_calendar_[\w-]+/.exec(second)?.[0] ?? '';
      expect(token.length).toBeGreaterThan(40);
      expect(maskText(`GET ${second}`)).not.toContain(token.slice(12));
      expect(JSON.stringify(await notifier.query('SELECT * FROM calendar_feeds'))).not.toContain(token);
      expect(JSON.stringify(await notifier.query('SELECT * FROM audit_log'))).not.toContain(token);
    });

    it('only reads: no other method, and no guess, is answered', async () => {
      const address = await make();
      for (const method of ['POST', 'PUT', 'DELETE']) expect((await fetch(address, { method })).status).toBe(404);
      for (const guess of ['ana', 'hk_calendar_x', '%2e%2e'])
        expect((await fetch(`${notifier.url}/calendar/${guess}.ics`)).status).toBe(404);
      expect(routing.got).toEqual([]);
    });
  });

  it('is away by itself: the rest of the desk goes on', async () => {
    await routing.stop();
    const { status, headers, body } = await desk.ask('ana', 'policies');
    expect([status, headers.get('retry-after'), body['service']]).toEqual([503, '5', 'routing']);
    expect(body['detail']).toMatch(/^routing is out of reach/);
    expect((await desk.ask('ana', 'handoffs')).status).toBe(200);
  });
});
