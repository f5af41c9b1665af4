import {
  DECISION_TYPES,
  type DecisionType,
  type EndType,
  type HandoffAssignment,
  type HandoffMove,
  type HandoffNotified,
  type HandoffRouted,
  type LevelRef,
} from '@handoff/contracts';

import { NOTHING_ASKED, withAssigned, type AskedOfAgent } from './asked-of-agent.js';

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
  const asked = withAssigned(before, assigned);
  return asked === before ? progress : { ...progress, asked };
}

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
