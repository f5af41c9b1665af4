import { isJsonObject, type HandoffId } from '@handoff/contracts';

/** What this browser must bring back from the identity provider; it alone has it, in a cookie of ten minutes. */
export interface BegunSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Where the person wanted to go; null for the queue. */
  readonly handoffId: HandoffId | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An address can only name a handoff, never another place to be led to. */
export const handoffIn = (value: unknown): HandoffId | null =>
  typeof value === 'string' && UUID.test(value) ? (value as HandoffId) : null;

export const writeBegun = (begun: BegunSignIn): string => Buffer.from(JSON.stringify(begun)).toString('base64url');

export function readBegun(cookie: string | undefined): BegunSignIn | null {
  const value = parse(Buffer.from(cookie ?? '', 'base64url').toString('utf8'));
  if (!isJsonObject(value)) return null;
  const { state, nonce, verifier, handoffId } = value;
  if (typeof state !== 'string' || typeof nonce !== 'string' || typeof verifier !== 'string') return null;
  return { state, nonce, verifier, handoffId: handoffIn(handoffId) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
