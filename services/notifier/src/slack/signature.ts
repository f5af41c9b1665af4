import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own bound on how old a request may be; one from the future is as wrong. */
export const SIGNATURE_SECONDS = 300;

export type Verified = { readonly kind: 'signed'; readonly signature: string } | { readonly kind: 'refused'; readonly because: string };

/** Whether Slack has signed these very bytes, just now (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export function verifySignature(
  { timestamp, signature }: { readonly timestamp: string; readonly signature: string },
  body: Buffer,
  secret: string,
  now: Date,
): Verified {
  if (!/^\d{1,12}$/.test(timestamp)) return { kind: 'refused', because: 'The request has no timestamp.' };
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > SIGNATURE_SECONDS)
    return { kind: 'refused', because: 'The request is not from the last five minutes.' };
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? { kind: 'signed', signature }
    : { kind: 'refused', because: 'The signature is not that of this request.' };
}
