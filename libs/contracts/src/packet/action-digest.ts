import canonicalize from 'canonicalize';
import { sha256 } from '../ids.js';
import type { Packet } from './packet.js';
import type { Action } from './packet-parts.js';

/**
 * Hex SHA-256 over the RFC 8785 form of what would be done. The words around it (rationale, alternatives) do not count:
 * the same call explained differently is the same action.
 */
export function actionDigest({ kind, name, args }: Action): string {
  return sha256(canonicalize({ kind, name, args }) ?? '');
}

/**
 * Hex SHA-256 over what is asked for and on which grounds: action, steps and state. Whoever rejected one packet has nothing new to
 * judge in another with the same; a packet with a step more, or another state, is another question.
 */
export function askDigest({ recommended_action, steps_completed, current_state }: AskedFor): string {
  const { kind, name, args } = recommended_action;
  return sha256(canonicalize({ action: { kind, name, args }, steps_completed, current_state }) ?? '');
}

type AskedFor = Pick<Packet, 'recommended_action' | 'steps_completed' | 'current_state'>;
