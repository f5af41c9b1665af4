import { createHmac, timingSafeEqual } from 'node:crypto';
import { isJsonObject, type PersonId } from '@handoff/contracts';

/** Who a sign-in link is for; null when it is forged, malformed or expired. `now` in seconds since 1970. */
export function readSignInToken(token: string, secret: string, now: number): PersonId | null {
  const [content, signature, ...rest] = token.split('.');
  if (!content || !signature || rest.length > 0) return null;
  const expected = createHmac('sha256', secret).update(content).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const claims = claimsOf(content);
  if (!isJsonObject(claims) || typeof claims['sub'] !== 'string' || typeof claims['exp'] !== 'number') return null;
  return claims['exp'] > now ? (claims['sub'] as PersonId) : null;
}

function claimsOf(content: string): unknown {
  try {
    return JSON.parse(Buffer.from(content, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
