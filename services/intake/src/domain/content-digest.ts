import { sha256, type JsonObject } from '@handoff/contracts';
import canonicalize from 'canonicalize';

/**
 * Hex SHA-256 over the RFC 8785 form of what was sent. The idempotency key is left out: it names the request and is no
 * part of it, and over HTTP it comes as a header.
 */
export function contentDigest({ idempotency_key: _, ...content }: JsonObject): string {
  return sha256(canonicalize(content) ?? '');
}
