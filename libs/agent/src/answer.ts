import {
  actionDigest,
  readPacket,
  restoreSecrets,
  type Action,
  type EndType,
  type HandoffDecision,
  type JsonObject,
} from '@handoff/contracts';
import type { HandoffState } from './transport.js';

/**
 * What came of asking. Every one is an ordinary result: `rejected` means "not approved, do not try it again" and is no error. Only `approved`
 * may be carried out, and exactly as its action says.
 */
export type Answer = { readonly decision: HandoffDecision } & (
  | { readonly kind: 'approved'; readonly action: Action; readonly isEdited: boolean }
  | { readonly kind: 'rejected'; readonly message: string }
  /** In words, with nothing approved; of a form it is JSON text. */
  | { readonly kind: 'responded'; readonly message: string }
  /** A person does it; the agent has no more to do. */
  | { readonly kind: 'taken_over'; readonly message: string }
  /** Nobody decided it: withdrawn, expired, superseded, a duplicate of another that counts. */
  | { readonly kind: 'ended'; readonly how: EndType; readonly message: string }
  /** It is about something else than the agent would do by now: another packet version, or another action. Nothing may be done. */
  | { readonly kind: 'outdated'; readonly why: 'packet_version' | 'action_digest' }
);

/**
 * The decision as an agent may act on it: with its own secrets put back, and compared with what it stands by.
 * @param sent the packet as the agent sent it, of the version that the decision names; null where that is not known any more
 */
export function answerOf({ packet_version: standsBy }: HandoffState, masked: HandoffDecision, sent: JsonObject | null): Answer {
  const decision = sent === null ? masked : restoreSecrets(masked, sent);
  const message = decision.message ?? '';
  switch (decision.type) {
    case 'approve':
    case 'edit':
    case 'approved_by_policy':
      return approved(decision, masked, sent, standsBy);
    case 'reject':
    case 'rejected_by_policy':
      return { kind: 'rejected', message, decision };
    case 'respond':
      return { kind: 'responded', message, decision };
    case 'take_over':
      return { kind: 'taken_over', message, decision };
    default:
      return { kind: 'ended', how: decision.type, message, decision };
  }
}

function approved(decision: HandoffDecision, masked: HandoffDecision, sent: JsonObject | null, standsBy: number): Answer {
  if (decision.packet_version !== standsBy) return { kind: 'outdated', why: 'packet_version', decision };
  const { action, action_digest: digest } = decision;
  const isEdited = decision.type === 'edit';
  // Of an edited action the digest is of what crossed the topic; of any other it is of what the agent sent.
  const isAsDigested = action !== null && actionDigest(isEdited ? (masked.action ?? action) : action) === digest;
  if (!isAsDigested || (!isEdited && sent !== null && digestIn(sent) !== digest))
    return { kind: 'outdated', why: 'action_digest', decision };
  return { kind: 'approved', action, isEdited, decision };
}

/** Null where it is no packet, as of a transfer. */
function digestIn(sent: JsonObject): string | null {
  const read = readPacket(sent);
  return read.kind === 'ok' ? actionDigest(read.value.recommended_action) : null;
}
