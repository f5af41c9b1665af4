import { createHmac, timingSafeEqual } from 'node:crypto';
import { jsonObjectIn } from './json.js';
import type { TenantId } from './ids.js';
import { minutes, type Seconds } from './units.js';

/** Who asks a service for something that is not an agent's or a person's own to ask, and for whom. */
export interface ServiceClaims {
  /** Kept with what is done. */
  readonly subject: string;
  readonly roles: readonly string[];
  readonly tenant: TenantId;
  /** The one service that takes the token. */
  readonly audience: string;
}

/** Runs the installation: sees and replays dead letters. Not a role of the directory. */
export const OPERATOR = 'operator';
/** An agent whose key intake has checked; the subject is the agent. */
export const AGENT = 'agent';

const VALID_SECONDS: Seconds = minutes(1);
/** A token that says it is valid for longer was not made here. */
const LONGEST_SECONDS: Seconds = minutes(5);
const CLOCKS_DIFFER_SECONDS: Seconds = 30;
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

/** A JSON Web Token (RFC 7519) under HMAC-SHA-256, valid for a minute. */
export function signServiceToken({ subject, roles, tenant, audience }: ServiceClaims, secret: string, now: Date = new Date()): string {
  const iat = Math.floor(now.getTime() / 1000);
  const content = `${HEADER}.${encode({ iss: 'handoff', sub: subject, aud: audience, roles, tenant, iat, exp: iat + VALID_SECONDS })}`;
  return `${content}.${hmac(content, secret).toString('base64url')}`;
}

/** @returns null for what is forged, malformed, expired, valid for too long, or another service's */
export function readServiceToken(token: string, secret: string, audience: string, now: Date = new Date()): ServiceClaims | null {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || header !== HEADER) return null; // one algorithm, so none can be chosen for us
  const given = Buffer.from(signature, 'base64url');
  const expected = hmac(`${header}.${claims}`, secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { iss, sub, aud, roles, tenant, iat, exp } = jsonObjectIn(Buffer.from(claims, 'base64url').toString('utf8'));
  if (iss !== 'handoff' || aud !== audience || typeof sub !== 'string' || sub === '' || typeof tenant !== 'string') return null;
  if (!Array.isArray(roles) || typeof iat !== 'number' || typeof exp !== 'number') return null;
  const at = now.getTime() / 1000;
  if (exp - iat > LONGEST_SECONDS || iat > at + CLOCKS_DIFFER_SECONDS || exp < at - CLOCKS_DIFFER_SECONDS) return null;
  return { subject: sub, roles: roles.filter((role) => typeof role === 'string'), tenant: tenant as TenantId, audience };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

const hmac = (content: string, secret: string): Buffer => createHmac('sha256', secret).update(content).digest();
