import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HandoffAccepted } from '@handoff/contracts';
import { startTestService, type TestService } from '@handoff/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DESK_ENV, ORIGIN, DeskDoor } from './desk-door.for-spec.js';

/** As intake makes them: what an agent has. */
const KEY = `hk_${randomBytes(32).toString('base64url')}`;

interface Route {
  readonly method: string;
  readonly url: string;
}

/** Whose doors they are not: operators have tokens of their own, machines look at health and figures, and anybody may read how doors are used. */
const NOT_FOR_PEOPLE = /^\/(operator|health|metrics|docs)/;

describe('an agent’s key', () => {
  const routes: Route[] = [];
  let notifier: TestService;
  let session: string;
  let handoff: HandoffAccepted;

  beforeAll(async () => {
    notifier = await startTestService({
      service: 'notifier',
      load: async () => {
        const { notifier: options } = await import('./notifier.module.js');
        const prepare = async (app: NestFastifyApplication): Promise<void> => {
          const router = app.getHttpAdapter().getInstance();
          router.addHook('onRoute', ({ method, url }) => {
            for (const it of [method].flat()) routes.push({ method: it, url });
          });
          await options.prepare?.(app);
        };
        return { notifier: { ...options, prepare } };
      },
      env: DESK_ENV,
    });
    const desk = await DeskDoor.open(notifier, { ana: { roles: ['responder', 'lead', 'admin'], teams: ['support'] } });
    handoff = await desk.gets({}, { ladder: [] }); // nobody is notified, which would change the item in between
    session = desk.cookieOf('ana');
  });
  afterAll(async () => {
    await notifier.stop();
  });

  /** Every route that the router knows for people, at the handoff that waits. */
  const doors = () => routes.filter(({ method, url }) => !NOT_FOR_PEOPLE.test(url) && method !== 'OPTIONS' && url !== '*' && url !== '/*');

  async function knock({ method, url }: Route, headers: Readonly<Record<string, string>>, query = ''): Promise<Response> {
    const path = url.replaceAll(/:\w+/g, (name) => (name === ':id' ? handoff.handoff_id : KEY)).replaceAll('*', KEY);
    const body = ['GET', 'HEAD'].includes(method)
      ? null
      : JSON.stringify({ packet_version: 1, type: 'approve', move: 'acknowledge', token: KEY });
    return fetch(`${notifier.url}${path}${query}`, {
      ...{ method, body, redirect: 'manual' },
      headers: { 'x-handoff-desk': '1', origin: ORIGIN, 'content-type': 'application/json', ...headers },
    });
  }

  /** Everything that a person's request could have changed. */
  const standing = () =>
    notifier.query(
      `SELECT (SELECT count(*) FROM decisions) AS decisions, (SELECT count(*) FROM audit_log) AS acts, (SELECT count(*) FROM sessions) AS sessions,
              (SELECT jsonb_agg(d ORDER BY handoff_id) FROM desk_items d) AS items`,
    );

  const named = async (knocked: readonly (readonly [Route, Response])[], isWrong: (answer: Response) => Promise<boolean> | boolean) => {
    const wrong = await Promise.all(
      knocked.map(async ([{ method, url }, answer]) => ((await isWrong(answer)) ? [`${method} ${url}: ${answer.status}`] : [])),
    );
    return wrong.flat();
  };

  async function knockAtAll(headers: Readonly<Record<string, string>>, query = ''): Promise<readonly (readonly [Route, Response])[]> {
    const knocked: (readonly [Route, Response])[] = [];
    for (const route of doors()) knocked.push([route, await knock(route, headers, query)]);
    return knocked;
  }

  it('is tried at every door that there is', () => {
    const known = doors().map(({ method, url }) => `${method} ${url}`);
    expect(known).toEqual(expect.arrayContaining(['POST /desk/v1/handoffs/:id/decisions', 'GET /desk/v1/handoffs', 'GET /sign-in']));
    expect(known.length).toBeGreaterThan(8);
  });

  it.each([
    ['alone', (): Record<string, string> => ({ authorization: `Bearer ${KEY}` })],
    ['without a scheme', (): Record<string, string> => ({ authorization: KEY })],
    ['beside a person’s own session', (): Record<string, string> => ({ authorization: `Bearer ${KEY}`, cookie: session })],
  ])('is refused at every one of them: %s', async (_, headers) => {
    const before = await standing();
    const knocked = await knockAtAll(headers());
    const isNotRefused = async (answer: Response): Promise<boolean> =>
      answer.status !== 403 || (answer.body !== null && ((await answer.json()) as { code?: string }).code !== 'not_allowed');
    expect(await named(knocked, isNotRefused)).toEqual([]);
    expect(await standing()).toEqual(before);
  });

  it('opens none of them where it is put in the place of something else', async () => {
    const before = await standing();
    const ways = [
      await knockAtAll({ cookie: `handoff_session=${KEY}` }),
      await knockAtAll({ 'x-api-key': KEY, 'x-handoff-key': KEY }, `?token=${KEY}&key=${KEY}&access_token=${KEY}&code=${KEY}&state=${KEY}`),
    ];
    // A page may say that a link is not known; it must not be about the handoff, nor sign anybody in.
    const isOpened = async (answer: Response): Promise<boolean> =>
      (answer.headers.get('set-cookie') ?? '').includes('handoff_session=') ||
      (answer.ok && !(answer.headers.get('content-type') ?? '').startsWith('text/html')) ||
      (await answer.text()).includes(handoff.task_id);
    expect(await named(ways.flat(), isOpened)).toEqual([]);
    expect(await standing()).toEqual(before);
  });
});
