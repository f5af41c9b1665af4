import {
  DECISION_TYPES,
  type DecisionType,
  type EndType,
  type HandoffAssignment,
  type HandoffMove,
  type HandoffNotified,
  type HandoffReplied,
  type HandoffRouted,
  type LevelRef,
} from '@handoff/contracts';

import { NOTHING_ASKED, withAssigned, withReplied, type AskedOfAgent } from './asked-of-agent.js';

/** Where on the policy something happened. */
export interface Place {
  readonly level: number;
  readonly cycle: number;
}

/** What other services have told so far. Each part is replaced by a newer one alone, so the order of arrival is of no matter. */
export interface Progress {
  readonly routed: (Place & { readonly sequence: number; readonly ref: LevelRef; readonly people: number }) | null;
  /** The furthest place at which a copy was delivered or seen. */
  readonly notified: Place | null;
  readonly moved: (Place & { readonly sequence: number; readonly acknowledged: boolean }) | null;
  /** The newest packet version that the desk is known to show. */
  readonly desk_version: number;
  /** Left out until something is asked. */
  readonly asked?: AskedOfAgent;
  /** What the agent said before this schema was restored, to what is read again after it; left out where there is none. */
  readonly replied?: readonly HandoffReplied[];
}

export const NO_PROGRESS: Progress = { routed: null, notified: null, moved: null, desk_version: 0 };

export const STATUSES = ['accepted', 'routed', 'notified', 'acknowledged', 'decided', 'ended'] as const;
export type Status = (typeof STATUSES)[number];

export function withRouted(progress: Progress, { sequence, level, cycle, asked }: HandoffRouted): Progress {
  if (progress.routed && progress.routed.sequence >= sequence) return progress;
  return { ...progress, routed: { sequence, level: level.number, cycle, ref: { ...level }, people: asked.length } };
}

export function withNotified(progress: Progress, { event, channel, level, cycle, packet_version }: HandoffNotified): Progress {
  if (event === 'failed') return progress;
  const here = { level, cycle };
  const shown = channel === 'desk' && event === 'delivered' ? packet_version : 0;
  return {
    ...progress,
    notified: progress.notified && reaches(progress.notified, here) ? progress.notified : here,
    desk_version: Math.max(progress.desk_version, shown),
  };
}

export function withAssignment(progress: Progress, assigned: HandoffAssignment): Progress {
  const before = progress.asked ?? NOTHING_ASKED;
  const asked = (progress.replied ?? []).reduce(withReplied, withAssigned(before, assigned));
  return asked === before ? progress : { ...progress, asked };
}

/** Relearned: to a question that is known, or that will be. */
export function withReply(progress: Progress, reply: HandoffReplied): Progress {
  const before = progress.asked ?? NOTHING_ASKED;
  const asked = withReplied(before, reply);
  if (asked !== before) return { ...progress, asked };
  const replied = progress.replied ?? [];
  const waits = isReplyToPeople(reply) && !isAnswered(before, reply) && !replied.some((it) => isSame(it, reply));
  return waits ? { ...progress, replied: [...replied, reply] } : progress;
}

/** What an agent says of a task that it was given waits for nothing that people ask. */
const isReplyToPeople = ({ event }: HandoffReplied): boolean => event === 'answer' || event === 'stopped' || event === 'already_done';

const isAnswered = ({ questions, recall }: AskedOfAgent, { event, question_id }: HandoffReplied): boolean =>
  event === 'answer' ? questions.some((it) => it.question_id === question_id && it.answer !== null) : (recall?.reply ?? null) !== null;

const isSame = (one: HandoffReplied, other: HandoffReplied): boolean =>
  one.question_id === other.question_id && (one.event === 'answer') === (other.event === 'answer');

export function withMove(progress: Progress, { event, sequence, level, cycle, desk }: HandoffMove): Progress {
  if (progress.moved && progress.moved.sequence >= sequence) return progress;
  const acknowledged = desk ? desk.acknowledged_by !== null : event === 'acknowledge';
  return { ...progress, moved: { sequence, level, cycle, acknowledged } };
}

/** A new level begins again at "routed": nobody there has been told, or has said that he is on it. */
export function statusOf({ routed, notified, moved }: Progress, ended: DecisionType | EndType | null): Status {
  if (ended !== null) return isDecision(ended) ? 'decided' : 'ended';
  const now: Place = routed ?? { level: 0, cycle: 0 };
  if (moved?.acknowledged && reaches(moved, now)) return 'acknowledged';
  if (notified && reaches(notified, now)) return 'notified';
  return routed ? 'routed' : 'accepted';
}

const reaches = (place: Place, other: Place): boolean =>
  place.level > other.level || (place.level === other.level && place.cycle >= other.cycle);

const isDecision = (type: DecisionType | EndType): boolean => DECISION_TYPES.some((it) => it === type);
