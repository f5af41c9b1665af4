import type { AgentId, RoutedAgent } from '@handoff/contracts';
import type { Assignment } from '../assignment.js';
import type { Board } from '../board.js';
import { requestEnd } from '../request-end.js';

/** Open escalations that this agent asked within the task, the oldest first. */
export const waitsFor = (board: Board, given: Pick<Assignment, 'handoffId'>, agentId: AgentId): readonly Assignment[] =>
  board.openWithin(given.handoffId).filter((it) => it.agentId === agentId);

/**
 * Until when whoever holds the task has to be heard of: while it waits for people, their time is not its own, so its lease begins once
 * theirs is over.
 */
export function leaseBy(board: Board, given: Pick<Assignment, 'handoffId'>, { agent_id, lease_seconds }: RoutedAgent): string {
  const theirs = waitsFor(board, given, agent_id).map(({ routed }) => Date.parse(routed.decide_by));
  return new Date(Math.max(board.now.getTime(), ...theirs) + lease_seconds * 1000).toISOString();
}

/** The task is over, or not that agent's any more, so nobody needs the answers. */
export function withdrawWithin(board: Board, { handoffId }: Pick<Assignment, 'handoffId'>, why: string): void {
  for (const escalation of board.openWithin(handoffId))
    requestEnd(board, escalation, { type: 'withdrawn', reason: `It was asked within delegation ${handoffId}. ${why}` });
}
