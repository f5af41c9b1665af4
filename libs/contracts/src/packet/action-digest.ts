import canonicalize from 'canonicalize';
import { sha256 } from '../ids.js';
import type { Action } from './packet.js';

/**
 * Hex SHA-256 over the RFC 8785 form of what would be done. The words around it (rationale, alternatives) do not count:
 * the same call explained differently is the same action.
 */
export function actionDigest({ kind, name, args }: Action): string {
  return sha256(canonicalize({ kind, name, args }) ?? '');
}
