import { assertNever, type HandoffAccepted, type HandoffDecision } from '@handoff/contracts';
import { applyClock } from './apply-clock.js';
import { applyDecision } from './apply-decision.js';
import { applyMove } from './apply-move.js';
import { applyDelivery } from './give/apply-delivery.js';
import { applyReply } from './give/apply-reply.js';
import { beginWithin } from './give/ask-within.js';
import { arrivalOf } from './arrival-of.js';
import type { Assignment } from './assignment.js';
import type { Board } from './board.js';
import { placeAnew } from './follow-first.js';
import type { HeldEvent, Superseding } from './held-event.js';
import { requestEnd } from './request-end.js';
import { routeArrival } from './route-arrival.js';

/** Any event of intake brings the whole packet, so the first that is seen begins the handoff, whichever it is. */
export function accept(board: Board, accepted: HandoffAccepted): void {
  board.turnTo(accepted.handoff_id);
  const known = board.find(accepted.handoff_id);
  if (known) renew(board, known, accepted);
  else begin(board, accepted);
  const assignment = board.find(accepted.handoff_id);
  if (assignment && accepted.event === 'delivered') applyDelivery(board, assignment, accepted);
  if (assignment && accepted.event === 'withdrawal_asked')
    requestEnd(board, assignment, { type: 'withdrawn', reason: accepted.withdrawal?.reason ?? '' });
}

function begin(board: Board, accepted: HandoffAccepted): void {
  const held = board.heldFor(accepted.handoff_id);
  const decided = held.find((it) => it.kind === 'decision');
  board.released.add(accepted.handoff_id);
  if (decided) return beginEnded(board, accepted, decided.event);
  supersede(board, accepted);
  if (!board.recall(arrivalOf(accepted))) beginAnew(board, accepted);
  for (const event of held) applyHeld(board, event);
}

function beginAnew(board: Board, accepted: HandoffAccepted): void {
  routeArrival(board, arrivalOf(accepted));
  const begun = board.find(accepted.handoff_id);
  if (begun) beginWithin(board, begun);
}

/** It ended before it began here, as after a restore: nobody is asked, and whoever asks for the same again finds how it ended. */
function beginEnded(board: Board, accepted: HandoffAccepted, decision: HandoffDecision): void {
  const arrival = arrivalOf(accepted);
  if (!board.recall(arrival)) board.quietly(() => routeArrival(board, arrival));
  applyDecision(board, decision);
}

function supersede(board: Board, { tenant, agent_id: agentId, handoff_id: by, packet }: HandoffAccepted): void {
  const { supersedes } = packet;
  if (supersedes === undefined || supersedes === by) return;
  const earlier = board.find(supersedes);
  if (earlier) endSuperseded(board, earlier, { by, tenant, agentId });
  else board.hold({ kind: 'superseded', tenant, handoffId: supersedes, event: { by, tenant, agentId } });
}

function endSuperseded(board: Board, earlier: Assignment, { by, tenant, agentId }: Superseding): void {
  if (earlier.tenant !== tenant || earlier.agentId !== agentId) return; // nobody ends another agent's handoff
  if (earlier.giving !== null && earlier.giving.kind !== 'transfer') return; // nor what it was given itself
  requestEnd(board, earlier, { type: 'superseded', reason: `Handoff ${by} takes its place.` });
}

function applyHeld(board: Board, held: HeldEvent): void {
  const assignment = board.find(held.handoffId);
  if (!assignment) return;
  switch (held.kind) {
    case 'clock':
      return applyClock(board, held.event);
    case 'move':
      return applyMove(board, held.event);
    case 'reply':
      return applyReply(board, held.event);
    case 'superseded':
      return endSuperseded(board, assignment, held.event);
    case 'decision':
    case 'said':
    case 'told':
      return; // it began so, see above
    default:
      return assertNever(held);
  }
}

/** A new packet version changes nothing for people's turn, unless it no longer asks for the same as its first or its duplicates. */
function renew(board: Board, known: Assignment, accepted: HandoffAccepted): void {
  if (known.state === 'ended' || accepted.sequence <= known.intakeSequence) return;
  const { packetVersion, actionDigest, askDigest, facts, intakeSequence } = arrivalOf(accepted);
  const renewed = board.keep({ ...known, packetVersion, actionDigest, askDigest, facts, intakeSequence });
  if (renewed.state !== 'open' || actionDigest === known.actionDigest) return;
  const duplicates = board.duplicatesOf(renewed);
  if (renewed.routed.duplicate_of !== null) placeAnew(board, renewed);
  for (const duplicate of duplicates) placeAnew(board, duplicate);
}
