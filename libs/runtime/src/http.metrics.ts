import { Counter, TracedHistogram, traceparentOf } from '@handoff/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const requests = new Counter({
  name: 'handoff_http_requests',
  help: 'Requests answered, by the route as it is declared and the class of the status',
  labelNames: ['method', 'route', 'status'] as const,
});
const seconds = new TracedHistogram({
  name: 'handoff_http_request_seconds',
  help: 'Seconds from a request to its whole answer; without those that wait for news, long polls and streams',
  labelNames: ['method', 'route'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

/** What nobody waits for but machines that ask all the time. */
const UNCOUNTED = new Set(['/health/live', '/health/ready', '/metrics']);
/** Whatever was asked for that there is not; the path itself is anybody's invention. */
const NO_ROUTE = 'none';

/** Rate, errors and duration of every endpoint, by its template. */
export function observeRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => void begun.set(request, traceparentOf()));
  fastify.addHook('onResponse', async (request, reply) => observe(request, reply));
}

/** The trace of each request, while it is the active one. */
const begun = new WeakMap<FastifyRequest, string | null>();

function observe(request: FastifyRequest, reply: FastifyReply): void {
  const { method, routeOptions } = request;
  const route = reply.statusCode === 404 && request.is404 ? NO_ROUTE : (routeOptions.url ?? NO_ROUTE);
  if (UNCOUNTED.has(route)) return;
  requests.inc({ method, route, status: `${Math.floor(reply.statusCode / 100)}xx` });
  if (waits(request, reply)) return;
  seconds.observeFor(begun.get(request) ?? null, { method, route }, reply.elapsedTime / 1000);
}

function waits({ query }: FastifyRequest, reply: FastifyReply): boolean {
  const { wait = '0' } = query as { readonly wait?: string }; // an object, by Fastify's own parser
  return wait !== '0' || String(reply.getHeader('content-type')).startsWith('text/event-stream');
}
