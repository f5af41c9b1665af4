import type { DecisionId, DecisionType, EndType } from '@handoff/contracts';

/** What an agent asked for, until the desk or the decision says what became of it. */
export interface PendingRequest {
  readonly request_id: string;
  readonly type: 'withdraw' | 'add_context';
  /** The version that the context made; null for a withdrawal. */
  readonly packet_version: number | null;
}

export interface DecisionRef {
  readonly decision_id: DecisionId;
  readonly type: DecisionType | EndType;
  readonly packet_version: number;
}

export interface Settlement {
  readonly request_id: string;
  readonly type: PendingRequest['type'];
  readonly state: 'applied' | 'too_late';
  /** The decision that was first, where it came too late. */
  readonly decision_id: DecisionId | null;
}

/** @returns null while nothing says what became of it */
export function settleRequest(request: PendingRequest, deskVersion: number, decision: DecisionRef | null): Settlement | null {
  const settled = (state: Settlement['state']): Settlement => ({
    request_id: request.request_id,
    type: request.type,
    state,
    decision_id: state === 'too_late' && decision ? decision.decision_id : null,
  });
  if (request.type === 'withdraw') return decision && settled(decision.type === 'withdrawn' ? 'applied' : 'too_late');
  const version = request.packet_version ?? 0;
  if (deskVersion >= version) return settled('applied');
  return decision && settled(decision.packet_version >= version ? 'applied' : 'too_late');
}
