import { parseJson, type Json, type Service } from '@handoff/contracts';
import type { StartOptions } from '@handoff/runtime';
import { ApiDocument, type Sent } from './api-document.js';

type App = Parameters<NonNullable<StartOptions['prepare']>>[0];
type Fastify = ReturnType<ReturnType<App['getHttpAdapter']>['getInstance']>;
type Headers = Readonly<Record<string, unknown>>;

/**
 * Whatever tests ask of a service, and what it answers, has to be what docs/api says. Where it is not, the answer is a 500 that says in what it
 * differs, so that whichever test has asked fails.
 */
export function holdToDocument(app: App, service: Service): void {
  const document = new ApiDocument(service);
  const told = new Set<string>();
  const fastify: Fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', async (request, reply, payload) => {
    const { url } = request.routeOptions;
    if (url === undefined || request.is404) return payload;
    const operation = `${request.method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`;
    const { statusCode } = reply;
    const query = Object.keys(request.query as object); // by Fastify's own parser
    const differences = [
      ...(statusCode < 300 ? document.askedOtherwise(operation, query, sentIn(request.headers, request.body)) : []),
      ...document.answeredOtherwise(operation, statusCode, sentIn(reply.getHeaders(), payload)),
    ];
    if (differences.length === 0) return payload;
    reply.status(500).type('text/plain').removeHeader('content-length');
    const text = `docs/api/${service}.openapi.json says otherwise of ${operation} (${statusCode}): ${differences.join('; ')}`;
    if (!told.has(text)) process.stderr.write(`${text}\n`); // a test that looks at the status alone says no more than that it is another
    told.add(text);
    return text;
  });
}

function sentIn(headers: Headers, body: unknown): Sent | null {
  if (body === undefined || body === null || ((typeof body === 'string' || body instanceof Uint8Array) && body.length === 0)) return null;
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  return { type, json: jsonIn(body) };
}

/** Of bytes, of text, or of what was parsed already; null of a stream and of what is no JSON. */
function jsonIn(body: unknown): Json | null {
  if (typeof body === 'object' && body !== null && 'pipe' in body) return null;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return body as Json; // by Fastify's own parser
  const parsed = parseJson(typeof body === 'string' ? Buffer.from(body) : body);
  return parsed.kind === 'ok' ? parsed.value : null;
}
