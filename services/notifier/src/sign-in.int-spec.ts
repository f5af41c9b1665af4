import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { CANARY_ROBOT, DEFAULT_TENANT, handoffDirectory, hours, type DirectoryEntry } from '@handoff/contracts';
import { startIdentity, startTestService, type Identity, type TestService } from '@handoff/testing';

const SECRET = 'a secret that is long enough for signing';
const ORIGIN = 'http://desk.test';
const HANDOFF = '01a204f4-5d2e-7c11-8a64-0f3f5d9c2b11';

describe('signing in at the identity provider', () => {
  let identity: Identity;
  let notifier: TestService;

  beforeAll(async () => {
    const people = ['ana', 'ben', 'mallory'].map((id) => ({ id, name: id, roles: [] }));
    identity = await startIdentity({ deskUrl: ORIGIN, people });
    notifier = await startTestService({
      service: 'notifier',
      load: () => import('./notifier.module.js'),
      replicas: 2,
      env: {
        DESK_URL: ORIGIN,
        OIDC_ISSUER: identity.issuer,
        OIDC_CLIENT_ID: identity.clientId,
        OIDC_CLIENT_SECRET: identity.clientSecret,
        SESSION_HOURS: '2',
        CANARY_SIGN_IN_SECRET: SECRET,
        WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
      },
    });
    await notifier.deliver(handoffDirectory, [
      aPerson('ana', ['responder'], ['support']),
      aPerson('ben', ['lead'], ['leads']),
      aPerson(CANARY_ROBOT, ['responder'], ['canary']),
    ]);
  });
  afterAll(async () => {
    await notifier.stop();
    await identity.stop();
  });

  const browser = () => new Browser(notifier.urls);

  it('lets a person of the directory in, with its roles and teams, to the handoff that was wanted', async () => {
    const ana = browser();
    expect(await ana.signsInAs('ana', `/sign-in?handoff=${HANDOFF}`)).toBe(`${ORIGIN}/#/handoffs/${HANDOFF}`);
    expect(ana.setCookies.find((it) => it.startsWith('handoff_session='))).toMatch(/; HttpOnly; SameSite=Lax$/);
    for (const replica of [0, 1])
      expect(await ana.me(replica)).toMatchObject({ status: 200, body: { subject: 'ana', roles: ['responder'], teams: ['support'] } });
    expect(await notifier.query(`SELECT subject FROM audit_log WHERE act = 'sign_in'`)).toEqual([{ subject: 'ana' }]);
  });

  it('keeps two browsers apart, and asks nobody twice who they are', async () => {
    const [ana, ben] = [browser(), browser()];
    await ana.signsInAs('ana');
    expect(await ben.signsInAs('ben')).toBe(`${ORIGIN}/`);
    expect([(await ana.me()).body['subject'], (await ben.me()).body['subject']]).toEqual(['ana', 'ben']);
    const before = ana.session;
    expect(await ana.goes('/sign-in')).toBe(`${ORIGIN}/`); // the provider knows this browser
    expect(ana.session).not.toBe(before);
    expect(
      (
        await browser()
          .with('handoff_session', before ?? '')
          .me()
      ).status,
    ).toBe(401);
  });

  it('signs out at every replica and at the provider', async () => {
    const ana = browser();
    await ana.signsInAs('ana');
    const { body } = await ana.posts('/desk/v1/sign-out', 1);
    expect((await ana.me(0)).status).toBe(401);
    expect(String(body['end_session_url'])).toMatch(`${identity.issuer}/session/end?`);
    expect(await ana.page(String(body['end_session_url']))).toContain('op.logoutForm');
    expect(await ana.submitsLogout()).toBe(`${ORIGIN}/`);
    expect(await ana.goes('/sign-in')).toMatch('/choose/');
  });

  it('ends a session by time', async () => {
    const ana = browser();
    await ana.signsInAs('ana');
    await notifier.advance(hours(2));
    expect(await ana.me()).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
    await notifier.advance(-hours(2));
  });

  it.each([
    ['another state than was begun', (begun: object) => ({ ...begun, state: 'another' })],
    ['another nonce', (begun: object) => ({ ...begun, nonce: 'another' })],
    ['another code verifier', (begun: object) => ({ ...begun, verifier: 'another-another-another-another-another-another' })],
    ['nothing begun: the link of somebody else’s sign-in', () => ({})],
  ])('lets nobody in with %s', async (_, change) => {
    const ana = browser();
    ana.changesBegun(change);
    expect(await ana.signsInAs('ana')).toBe(`${ORIGIN}/#/not-let-in/failed`);
    expect((await ana.me()).status).toBe(401);
  });

  it('lets nobody in by a code that was used', async () => {
    const ana = browser();
    await ana.signsInAs('ana');
    const returned = ana.visited.find((url) => url.includes('/sign-in/callback')) ?? '';
    expect(await ana.goes(returned)).toBe(`${ORIGIN}/#/not-let-in/failed`);
  });

  it('does not let in whom the directory does not know', async () => {
    const mallory = browser();
    expect(await mallory.signsInAs('mallory')).toBe(`${ORIGIN}/#/not-let-in/unknown`);
    expect((await mallory.me()).status).toBe(401);
  });

  it('lets the canary’s robot in by a link that it signed itself, and nobody else', async () => {
    const robot = await fetch(`${notifier.url}/sign-in?token=${linkToken(CANARY_ROBOT)}`, { redirect: 'manual' });
    expect([robot.status, robot.headers.getSetCookie()[0]]).toEqual([303, expect.stringContaining('handoff_session=')]);
    const ana = await fetch(`${notifier.url}/sign-in?token=${linkToken('ana')}`, { redirect: 'manual' });
    expect([ana.status, ana.headers.getSetCookie()]).toEqual([401, []]);
  });

  it('has no door for links where their secret is not set', async () => {
    expect((await fetch(`${notifier.url}/sign-in?token=e30.e30`, { redirect: 'manual' })).status).toBe(401);
  });
});

function aPerson(subject: string, roles: readonly string[], teams: readonly string[]): DirectoryEntry {
  const entry = { tenant: DEFAULT_TENANT, id: `person:${subject}`, entry: 'person', name: subject, version: 1, active: true };
  return { ...entry, roles, teams, addresses: [], changed_at: '2026-01-01T00:00:00Z' } as unknown as DirectoryEntry; // ids are plain texts here
}

function linkToken(sub: string): string {
  const claims = Buffer.from(JSON.stringify({ sub, exp: 4_102_444_800, nonce: 'n' })).toString('base64url');
  return `${claims}.${createHmac('sha256', SECRET).update(claims).digest('base64url')}`;
}

type Answered = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** Follows redirects and keeps cookies, as a browser does; the desk's address leads to its replicas in turn. */
class Browser {
  private readonly cookies = new Map<string, string>();
  private change: ((begun: object) => object) | null = null;
  private turn = 0;
  private html = '';
  readonly visited: string[] = [];
  readonly setCookies: string[] = [];

  constructor(private readonly replicas: readonly string[]) {}

  get session(): string | undefined {
    return this.cookies.get('handoff_session');
  }

  with(cookie: string, value: string): this {
    this.cookies.set(cookie, value);
    return this;
  }

  /** What the browser has kept of a sign-in that it began is not what it began. */
  changesBegun(change: (begun: object) => object): void {
    this.change = change;
  }

  /** @returns where it ends */
  async signsInAs(person: string, path = '/sign-in'): Promise<string> {
    return this.goes(await this.goes(path), new URLSearchParams({ person }));
  }

  async submitsLogout(): Promise<string> {
    const action = / action="([^"]+)"/.exec(this.html)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(this.html)?.[1] ?? '';
    return this.goes(action, new URLSearchParams({ xsrf, logout: 'yes' }));
  }

  async goes(to: string, form: URLSearchParams | null = null): Promise<string> {
    let [url, body] = [new URL(to, ORIGIN), form];
    for (;;) {
      this.visited.push(url.href);
      if (url.pathname === '/' && url.origin === ORIGIN) return url.href;
      const response = await this.fetch(url.href, { method: body ? 'POST' : 'GET', body });
      const location = response.headers.get('location');
      this.html = await response.text();
      if (!location) return url.href;
      [url, body] = [new URL(location, url), null];
    }
  }

  async page(url: string): Promise<string> {
    await this.goes(url);
    return this.html;
  }

  async me(replica = 0): Promise<Answered> {
    return answered(await this.fetch(`${this.replicas[replica]}/desk/v1/me`));
  }

  async posts(path: string, replica: number): Promise<Answered> {
    return answered(await this.fetch(`${this.replicas[replica]}${path}`, { method: 'POST', headers: { 'x-handoff-desk': '1' } }));
  }

  private async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const at = url.startsWith(ORIGIN) ? url.replace(ORIGIN, this.replicas[this.turn++ % this.replicas.length] ?? '') : url;
    const cookie = [...this.cookies].map((it) => it.join('=')).join('; ');
    const response = await fetch(at, { ...init, headers: { ...init.headers, cookie }, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  private keep(line: string): void {
    this.setCookies.push(line);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') return void this.cookies.delete(name);
    const begun =
      name === 'handoff_sign_in' && this.change ? this.change(JSON.parse(Buffer.from(value, 'base64url').toString()) as object) : null;
    this.cookies.set(name, begun ? Buffer.from(JSON.stringify(begun)).toString('base64url') : value);
  }
}

async function answered(response: Response): Promise<Answered> {
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
}
