import type { Service } from '@handoff/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

/** The HTTP server's own, for doors that pass on what they are asked. */
export type ForwardRequest = FastifyRequest;
export type ForwardReply = FastifyReply;

/** What is asked of one service through the door of another. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under the base of the door here, and under `/v1/` of the service. */
  readonly path: string;
  readonly service: Service;
  /** Where it changes something. */
  readonly change?: object;
}

type Params = Readonly<Record<string, string>>;

export interface Forwarded<R extends Route> {
  readonly route: R;
  readonly params: Params;
  /** Where it goes on. */
  readonly path: string;
}

export const pathsOf = (routes: readonly Route[], method: Route['method']): string[] =>
  routes.filter((it) => it.method === method).map(({ path }) => path);

/** @throws Problem for what is none of these, and for a parameter that would lead elsewhere */
export function forwardedBy<R extends Route>(routes: readonly R[], base: string, request: ForwardRequest): Forwarded<R> {
  const { method, routeOptions, url } = request;
  const matched = routeOptions.url?.slice(`/${base}/`.length); // by the router, so that there is one reading of a path
  const route = routes.find((it) => it.path === matched && (it.method === method || (method === 'HEAD' && it.method === 'GET')));
  const params = request.params as Params; // as the router read them from the path
  const path = route && addressOf(route, params, new URL(url, 'http://here').search);
  if (!route || !path) throw new Problem(404, 'not_found', `There is no ${url} here.`);
  return { route, params, path };
}

/**
 * Where the request goes on, with its parameters and its query as they came.
 * @returns null for a parameter that would lead elsewhere
 */
export function addressOf({ path }: Route, params: Params, query: string): string | null {
  const steps = path.split('/').map((step) => (step.startsWith(':') ? (params[step.slice(1)] ?? '') : step));
  if (steps.some((step) => step === '' || step === '.' || step === '..')) return null;
  return `/v1/${steps.map(encodeURIComponent).join('/')}${query}`;
}
