import { createHmac, randomBytes } from 'node:crypto';
import type { Seconds } from '@handoff/contracts';

export interface SignIn {
  readonly deskUrl: string;
  readonly secret: string;
  readonly person: string;
  readonly validFor: Seconds;
}

/** A link that signs one person in until it expires: for development and tests, where the desk was given the same secret. */
export function signInLink({ deskUrl, secret, person, validFor }: SignIn, now: Date = new Date()): string {
  const claims = { sub: person, exp: Math.floor(now.getTime() / 1000) + validFor, nonce: randomBytes(12).toString('base64url') };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const signature = createHmac('sha256', secret).update(payload).digest('base64url');
  return `${deskUrl}/sign-in?token=${payload}.${signature}`;
}
