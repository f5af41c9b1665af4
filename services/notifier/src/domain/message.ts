import type { DecisionType, HandoffId, SlaClass, Urgency } from '@handoff/contracts';
import type { HandoffCopy } from './handoff-copy.js';

/** One press of a channel's copy. Its words are ours, never the packet's; the token is good for this answer alone. */
export interface Button {
  readonly type: DecisionType;
  readonly token: string;
}

/** Asks a person to decide. */
export interface AskMessage {
  readonly kind: 'ask';
  readonly copy: HandoffCopy;
  readonly buttons: readonly Button[];
}

/** What is left of a copy whose handoff has ended. */
export interface ClosedMessage {
  readonly kind: 'closed';
  readonly handoffId: HandoffId;
  readonly urgency: Urgency;
  readonly title: string;
  /** How it ended, in the words that a late answer hears. */
  readonly ending: string;
  readonly link: string;
}

/** A handoff as a line of a bundle. */
export interface Waiting {
  readonly handoffId: HandoffId;
  readonly title: string;
  readonly urgency: Urgency;
  /** RFC 3339. */
  readonly decideBy: string | null;
}

/** Many handoffs for one person in one message. */
export interface BundleMessage {
  readonly kind: 'bundle';
  readonly bundleId: string;
  readonly slaClass: SlaClass;
  readonly waiting: number;
  /** As it was sent; some may have ended since. */
  readonly count: number;
  /** The most urgent ones of those that wait. */
  readonly first: readonly (Waiting & { readonly link: string })[];
  readonly link: string;
}

/** Something about notifications themselves: a test, an address that is not used any more. */
export interface NoticeMessage {
  readonly kind: 'notice';
  readonly subject: string;
  readonly text: string;
  readonly link: string;
}

export type Message = AskMessage | ClosedMessage | BundleMessage | NoticeMessage;
