import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { freePort, LOOPBACK } from '../ports.js';
import type { CaughtMessage } from './messages.js';
import { catcherRoutes, spansIn } from './routes.js';
import type { CaughtSpan } from './read-spans.js';
import { readBody } from './read-body.js';
import { Ring } from './ring.js';

export interface CatcherOptions {
  /** What incoming webhooks must be signed with. */
  readonly webhookSecret: string;
  /** Free ones when they are not given. */
  readonly port?: number;
  readonly smtpPort?: number;
  /** Loopback by default; in a container, everything that reaches it. */
  readonly host?: string;
}

/** A stand-in for the world outside: it takes mail, webhooks and traces, keeps the newest, and shows them. */
export interface Catcher {
  readonly url: string;
  readonly smtpUrl: string;
  /** Oldest first. */
  messages(): readonly CaughtMessage[];
  spans(traceId?: string): readonly CaughtSpan[];
  clear(): void;
  stop(): Promise<void>;
}

const KEPT_MESSAGES = 1000;
/** Of up to 512 spans each. */
const KEPT_SPAN_REQUESTS = 250;

type Uncaught<T> = T extends CaughtMessage ? Omit<T, 'id' | 'at'> : never;
export type Keep = (message: Uncaught<CaughtMessage>) => void;

export async function startCatcher(options: CatcherOptions): Promise<Catcher> {
  const messages = new Ring<CaughtMessage>(KEPT_MESSAGES);
  const spans = new Ring<string>(KEPT_SPAN_REQUESTS);
  let count = 0;
  const keep: Keep = (message) => messages.add({ id: ++count, at: new Date().toISOString(), ...message });

  const [port, smtpPort] = [options.port ?? (await freePort()), options.smtpPort ?? (await freePort())];
  const host = options.host ?? LOOPBACK;
  const { catchEmail } = await import('./catch-email.js'); // a mail server is large, and most who import this folder start none
  const stopMail = await catchEmail(host, smtpPort, keep);
  const server = createServer(listener(catcherRoutes({ messages, spans, keep, webhookSecret: options.webhookSecret })));
  await listen(server, host, port).catch(async (error: unknown) => {
    await stopMail();
    throw error;
  });
  return {
    url: `http://${host}:${port}`,
    smtpUrl: `smtp://${host}:${smtpPort}`,
    messages: () => [...messages.all()],
    spans: (traceId) => spansIn(spans, traceId),
    clear: () => (messages.clear(), spans.clear()),
    stop: async () => {
      server.closeAllConnections();
      await Promise.all([stopMail(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}

export interface CatcherAnswer {
  readonly status: number;
  readonly type?: 'application/json' | 'text/html; charset=utf-8';
  readonly body: string;
}

function listener(answer: (method: string, url: URL, headers: IncomingMessage['headers'], body: string) => CatcherAnswer) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    readBody(request).then(
      (body) => {
        const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
        const { status, type = 'application/json', body: text } = answer(request.method ?? 'GET', url, request.headers, body);
        response.writeHead(status, { 'content-type': type, 'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'` });
        response.end(text);
      },
      () => response.writeHead(413).end(),
    );
  };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}
