import { randomBytes } from 'node:crypto';
import { sha256 } from '@handoff/contracts';

const FORM = /^hk_[A-Za-z0-9_-]{43}$/;

/** Shown once; 256 random bits need no slow hash, so that a request costs one index lookup. */
export const makeKey = (): string => `hk_${randomBytes(32).toString('base64url')}`;

export const hashKey = (key: string): string => sha256(key);

/** The key of `Authorization: Bearer hk_…`; null where the header is anything else. */
export function readBearer(header: string | undefined): string | null {
  const [scheme, key, ...more] = (header ?? '').trim().split(/\s+/);
  return scheme?.toLowerCase() === 'bearer' && key !== undefined && more.length === 0 && FORM.test(key) ? key : null;
}
