import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Configuration, Provider } from 'oidc-provider';
import { freePort, LOOPBACK } from '../ports.js';
import { inMemory } from './in-memory.js';
import { choosePage, signedOutPage, signingOutPage } from './pages.js';
import type { KnownPerson } from './read-people.js';

export interface IdentityOptions {
  /** Free where it is not given. */
  readonly port?: number;
  readonly deskUrl: string;
  readonly people: readonly KnownPerson[];
}

/** What notifier is told of it. */
export interface Identity {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  stop(): Promise<void>;
}

/**
 * An OpenID provider for development alone: whoever opens it chooses who they are, without a password. It listens on loopback and
 * nowhere else, keeps everything in memory, and has other keys at each start.
 */
export async function startIdentity({ port: given, deskUrl, people }: IdentityOptions): Promise<Identity> {
  const { Provider } = await import('oidc-provider'); // large, and most who import this folder never sign in
  const port = given ?? (await freePort());
  const issuer = `http://${LOOPBACK}:${port}`;
  const client = { clientId: 'handoff-desk', clientSecret: randomBytes(24).toString('base64url') };
  const provider = new Provider(issuer, configuration(client, deskUrl, people));
  const answer = provider.callback();
  const server = createServer((request, response) => {
    const isChoice = request.url?.startsWith('/choose/') ?? false;
    const answered = isChoice ? choose(provider, people, request, response) : answer(request, response);
    answered.catch(() => response.writeHead(400).end('This sign-in is over. Begin again at the desk.'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });
  return {
    issuer,
    ...client,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Client = Pick<Identity, 'clientId' | 'clientSecret'>;
const SCOPE = 'openid profile';

function configuration({ clientId, clientSecret }: Client, deskUrl: string, people: readonly KnownPerson[]): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'ES256' };
  return {
    adapter: inMemory(),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [new URL('/sign-in/callback', deskUrl).href],
        post_logout_redirect_uris: [new URL('/', deskUrl).href],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [key as never] }, // Node's own form of a key is a JWK
    cookies: { keys: [randomBytes(24).toString('hex')] },
    pkce: { required: () => true },
    scopes: SCOPE.split(' '),
    claims: { openid: ['sub'], profile: ['name'] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Grant: 43_200, Interaction: 600, Session: 43_200 },
    interactions: { url: (_, { uid }) => `/choose/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => void (context.body = signingOutPage(form)),
        postLogoutSuccessSource: (context) => void (context.body = signedOutPage(deskUrl)),
      },
    },
    findAccount: (_, id) => {
      const known = people.find((person) => person.id === id);
      return known && { accountId: id, claims: () => ({ sub: id, name: known.name }) };
    },
    // the desk is ours: nobody is asked whether it may know who they are
    loadExistingGrant: async ({ oidc }) => {
      const { client, session } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(SCOPE);
      await grant.save();
      return grant;
    },
  };
}

/** The page with the people, and the choice that comes back from it. */
async function choose(
  provider: Provider,
  people: readonly KnownPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response); // throws where no sign-in was begun in this browser
  const chosen = request.method === 'POST' ? await personIn(request, people) : null;
  if (!chosen) return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(choosePage(people));
  await provider.interactionFinished(request, response, { login: { accountId: chosen.id } }, { mergeWithLastSubmission: false });
}

const MOST_CHARACTERS = 1000;

async function personIn(request: IncomingMessage, people: readonly KnownPerson[]): Promise<KnownPerson | null> {
  let body = '';
  for await (const chunk of request as AsyncIterable<Buffer>) if (body.length < MOST_CHARACTERS) body += chunk.toString('utf8');
  const id = new URLSearchParams(body).get('person');
  return people.find((person) => person.id === id) ?? null;
}
