import { createHmac, randomBytes } from 'node:crypto';
import type { Seconds } from '@handoff/contracts';

export interface SignIn {
  readonly deskUrl: string;
  readonly sessionSecret: string;
  readonly person: string;
  readonly validFor: Seconds;
}

/** A link that signs one person in until it expires: what a company's own sign-in does in a real installation. */
export function signInLink({ deskUrl, sessionSecret, person, validFor }: SignIn, now: Date = new Date()): string {
  const claims = { sub: person, exp: Math.floor(now.getTime() / 1000) + validFor, nonce: randomBytes(12).toString('base64url') };
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  const signature = createHmac('sha256', sessionSecret).update(payload).digest('base64url');
  return `${deskUrl}/sign-in?token=${payload}.${signature}`;
}
