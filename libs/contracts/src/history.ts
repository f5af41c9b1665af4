import type { HandoffId, TaskId } from './ids.js';
import type { Kind } from './packet/words.js';
import type { Service } from './topics/define-topic.js';

/** What a line of a handoff's history is about. */
export const HISTORY_EVENTS = [
  'accepted',
  'context',
  'request',
  'asked',
  'passed_on',
  'clock',
  'late',
  'copy',
  'copy_failed',
  'seen',
  'move',
  'decision',
  'end',
  'feedback',
  'dead_letter',
] as const;
export type HistoryEvent = (typeof HISTORY_EVENTS)[number];

/** As the service that knows of it tells it. */
export interface HistoryLine {
  /** RFC 3339 in UTC. */
  readonly at: string;
  readonly event: HistoryEvent;
  /** What happened, for a person. */
  readonly text: string;
  /** Who did it, or was reached; null where nobody was. */
  readonly who: string | null;
  readonly trace_id: string | null;
}

/** One service's part: `GET /v1/handoffs/{id}/history`. */
export interface HistoryPart {
  /** The oldest first. */
  readonly lines: readonly HistoryLine[];
}

export interface TimelineLine extends HistoryLine {
  readonly service: Service;
  /** Which of the strands it is of. */
  readonly handoff_id: HandoffId;
}

/** A delegation, or an escalation that was asked within it: they have one history. */
export interface Strand {
  readonly handoff_id: HandoffId;
  /** Null where its packet has not come. */
  readonly task_id: TaskId | null;
  readonly kind: Kind | null;
}

/** Every service's part in one order, as notifier's door has it. */
export interface Timeline {
  readonly handoff_id: HandoffId;
  /** Null where nobody who knows it answers. */
  readonly task_id: TaskId | null;
  /** The one that is meant among them; the delegation first. */
  readonly strands: readonly Strand[];
  /** Older handoffs that were asked within it and are left out, as there are too many. */
  readonly strands_left_out: number;
  /** The oldest first. */
  readonly lines: readonly TimelineLine[];
  /** Older lines that are left out, as there are too many. */
  readonly left_out: number;
  /** Services whose part is missing, and why. */
  readonly gaps: readonly { readonly service: Service; readonly why: string }[];
}
