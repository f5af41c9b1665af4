import { DeskRefusalError } from './desk-refusal.js';

const TIMEOUT_MS = 15_000;
const MOST_STEPS = 12;

/** Signs in as a browser does: to the identity provider, past its question of who one is, and back. @returns the session's cookie */
export async function signInAs(person: string, deskUrl: string): Promise<string> {
  const cookies = new Map<string, string>();
  let [url, choice]: [string, URLSearchParams | null] = [`${deskUrl}/sign-in`, null];
  for (let step = 0; step < MOST_STEPS; step++) {
    const response: Response = await fetch(url, {
      method: choice ? 'POST' : 'GET',
      headers: { cookie: [...cookies.values()].join('; ') },
      body: choice,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    keepCookies(cookies, response);
    const session = cookies.get('handoff_session');
    if (session) return session;
    const location = response.headers.get('location');
    if (location?.includes('/#/not-let-in/')) throw new DeskRefusalError(`the sign-in of ${person}`, response.status, location);
    if (!location && (choice || !response.ok))
      throw new DeskRefusalError(`the sign-in of ${person}`, response.status, await response.text());
    [url, choice] = location ? [new URL(location, url).href, null] : [url, new URLSearchParams({ person })];
  }
  throw new DeskRefusalError(`the sign-in of ${person}`, 508, `it did not end after ${MOST_STEPS} steps`);
}

/** @returns the session's cookie */
export async function signInByLink(link: string): Promise<string> {
  const response = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const cookies = new Map<string, string>();
  keepCookies(cookies, response);
  const session = cookies.get('handoff_session');
  if (!session) throw new DeskRefusalError('the sign-in by a link', response.status, await response.text());
  return session;
}

function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [pair = ''] = cookie.split(';', 1);
    const [name = '', value] = pair.split('=', 2);
    if (value) cookies.set(name, pair);
    else cookies.delete(name);
  }
}
