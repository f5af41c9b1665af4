import type { HandoffReplied } from '@handoff/contracts';
import type { Assignment } from '../assignment.js';
import type { Board } from '../board.js';
import { requestEnd } from '../request-end.js';
import { hold, isGiven, takeBack, tell, type Given } from './hand-over.js';

const CONCERNS: ReadonlySet<string> = new Set(['accept', 'refuse']);

/** What else an agent says changes nobody's turn. */
export const concernsRouting = ({ event }: HandoffReplied): boolean => CONCERNS.has(event);

/** An agent takes a task or gives it back. Of two that say they have it, the one counts to which it is offered now. */
export function applyReply(board: Board, reply: HandoffReplied): void {
  board.turnTo(reply.handoff_id);
  const assignment = board.find(reply.handoff_id);
  if (!assignment) return board.hold({ kind: 'reply', tenant: reply.tenant, handoffId: reply.handoff_id, event: reply });
  if (!isGiven(assignment)) return;
  const agent = turnOf(assignment, reply);
  if (agent === null) return refuseLate(board, assignment, reply);
  if (reply.event === 'refuse') takeBack(board, assignment, saidBy(reply));
  else if (assignment.routed.event === 'offered') confirm(board, assignment, agent);
}

type Turn = NonNullable<Given['routed']['agent']>;

/** The offer that the reply names, where it stands. */
function turnOf({ state, routed }: Assignment, { offer_id }: Pick<HandoffReplied, 'offer_id'>): Turn | null {
  const isAgents = routed.event === 'offered' || routed.event === 'held';
  return state === 'open' && isAgents && routed.agent && routed.agent.offer_id === offer_id ? routed.agent : null;
}

function confirm(board: Board, given: Given, agent: Turn): void {
  if (given.giving.kind === 'transfer') return requestEnd(board, given, { type: 'taken', reason: `${agent.agent_id} has taken it.` });
  const why = `${agent.agent_id} has taken it.`;
  const held = hold(board, given, agent, { why });
  tell(board, held, agent, 'confirmed', why, held.routed.agent?.lease_by ?? null);
}

/** It would start on what is another's. Where the offer is the last one, it has heard what became of it, and says again what it had said. */
function refuseLate(board: Board, assignment: Assignment, { event, agent_id, offer_id }: HandoffReplied): void {
  if (event === 'accept' && offer_id && offer_id !== assignment.routed.agent?.offer_id)
    tell(board, assignment, { agent_id, offer_id }, 'lapsed', 'This offer does not stand any more; do not start.');
}

const saidBy = ({ agent_id: who, text }: HandoffReplied): string => (text ? `${who} refused it: ${text}` : `${who} refused it.`);
