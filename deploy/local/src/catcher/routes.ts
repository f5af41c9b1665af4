import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '@handoff/contracts';
import { isSignedWith } from './is-signed-with.js';
import type { CaughtMessage } from './messages.js';
import { readSpans, type CaughtSpan } from './read-spans.js';
import { renderPage } from './render-page.js';
import type { Ring } from './ring.js';
import type { CatcherAnswer, Keep } from './start-catcher.js';

export interface CatcherState {
  readonly messages: Ring<CaughtMessage>;
  /** OTLP requests as they came: they are read when somebody asks, for few ever do. */
  readonly spans: Ring<string>;
  readonly keep: Keep;
  readonly webhookSecret: string;
}

type Answer = (method: string, url: URL, headers: IncomingHttpHeaders, body: string) => CatcherAnswer;

export function catcherRoutes(state: CatcherState): Answer {
  return (method, url, headers, body) => {
    const [, first = '', second = ''] = url.pathname.split('/').map(decodeURIComponent);
    switch (`${method} /${first}`) {
      case 'POST /webhook':
        return takeWebhook(state, second, url.searchParams, headers, body);
      case 'POST /v1':
        return takeSpans(state, second, body);
      case 'GET /messages':
        return json({ messages: state.messages.all() });
      case 'GET /traces':
        return json({ trace_id: second, spans: spansIn(state.spans, second) });
      case 'GET /':
        return { status: 200, type: 'text/html; charset=utf-8', body: renderPage(state.messages.all()) };
      default:
        return json({ message: 'There is /, /messages, /traces/<trace id>; and POST to /webhook/<name> and /v1/traces.' }, 404);
    }
  };
}

/** `?status=503` makes it refuse: that is how a channel that is down looks from here. */
function takeWebhook(
  { keep, webhookSecret }: CatcherState,
  name: string,
  query: URLSearchParams,
  headers: IncomingHttpHeaders,
  body: string,
) {
  const flat = Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, String(value)]));
  const isSigned = isSignedWith(webhookSecret, body, headers);
  keep({ kind: 'webhook', name, is_signed: isSigned, headers: flat, body: parsed(body) });
  if (!isSigned) return json({ message: 'The signature is missing or wrong.' }, 401);
  const status = Number(query.get('status') ?? 200);
  return json({ taken: status < 300 }, status);
}

/** Of all traces, where none is named. */
export function spansIn(requests: Ring<string>, traceId?: string): readonly CaughtSpan[] {
  return requests
    .all()
    .filter((body) => traceId === undefined || body.includes(traceId))
    .flatMap((body) => readSpans(parsed(body)))
    .filter(({ trace_id }) => traceId === undefined || trace_id === traceId);
}

function takeSpans({ spans }: CatcherState, what: string, body: string): CatcherAnswer {
  if (what === 'traces') spans.add(body);
  return json({}); // metrics and logs, where somebody sends them, are taken and dropped
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body) as Json; // what JSON.parse gives is Json
  } catch {
    return body;
  }
}

const json = (value: unknown, status = 200): CatcherAnswer => ({ status, body: JSON.stringify(value) });
