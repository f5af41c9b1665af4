import type { Json, JsonObject } from '../json.js';
import { normalisePacket } from '../packet/normalise-packet.js';
import type { HandoffDecision } from '../topics/handoff-decisions.js';
import { replaceAt, valueAt } from './json-pointer.js';

type Restorable = Pick<HandoffDecision, 'action' | 'resume' | 'unchanged'>;

/**
 * For agents: the decision with the originals in the place of what was masked on the way, so that its action can be carried out.
 * @param sent the packet as the agent sent it, of the version that the decision names; intake gives it back where it was not kept
 */
export function restoreSecrets<T extends Restorable>(decision: T, sent: JsonObject): T {
  const packet = normalisePacket(sent);
  return (decision.unchanged ?? []).reduce<T>((restored, path) => {
    const original = valueAt(packet, path.replace(/^\/action\//, '/recommended_action/'));
    return original === undefined ? restored : (replaceAt(restored as unknown as Json, path, original) as unknown as T); // a decision is JSON
  }, decision);
}

/** Where in a decision the masked leaves of its packet are: in what is to be done, where something is, and in what is given back. */
export const unchangedIn = (masked: readonly string[], action: object | null): readonly string[] =>
  masked.flatMap((path) => {
    if (path === '/resume' || path.startsWith('/resume/')) return [path];
    return action && path.startsWith('/recommended_action/args/') ? [path.replace('/recommended_action', '/action')] : [];
  });
