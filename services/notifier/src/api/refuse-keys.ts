import { Problem } from '@handoff/runtime';
import type { FastifyRequest } from 'fastify';

/** Doors with credentials of their own, or with nothing to decide: operators' tokens, and what machines scrape. */
const OTHER_DOORS = /^\/(?:operator|health|metrics)(?:[/?]|$)/;

/**
 * Before any route of people is looked at, so that it holds for those that are not written yet: whoever shows a key is no person. An
 * agent's credential can never sign in, look, move or decide here, whatever else comes with it.
 */
export async function refuseKeys({ headers, url }: Pick<FastifyRequest, 'headers' | 'url'>): Promise<void> {
  if (headers.authorization === undefined || OTHER_DOORS.test(url)) return;
  throw new Problem(
    403,
    'not_allowed',
    'The desk is for people: it takes a session, not a key. An agent cannot decide; read the decision from intake.',
  );
}
