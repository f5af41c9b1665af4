import { Transactions, type Transaction } from '@handoff/bus';
import {
  assertNever,
  handoffAssignments,
  handoffMoves,
  newId,
  type Channel,
  type HandoffDecision,
  type HandoffId,
  type HandoffMove,
} from '@handoff/contracts';
import { channelOf, Problem } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import type { DeskItem } from '../domain/desk-item.js';
import { judgeMove } from '../domain/judge-move.js';
import type { RefusedMove } from '../domain/refused-move.js';
import type { MoveRequest } from '../domain/move-request.js';
import { assignmentBy, movedEvent } from '../domain/moved-event.js';
import { tooLateText } from '../domain/too-late.js';
import { timeToAcknowledge } from '../notifier.metrics.js';
import { NotificationSender } from '../sender/notification-sender.js';
import { decisionOf } from '../store/decisions.js';
import { saveItems } from '../store/desk-items.js';
import { findItem } from '../store/find-item.js';
import { keepMoves, targetOf } from '../store/moves.js';
import { climbLadder, deferLadder, holdLadder } from '../store/notifications.js';
import { packetsOf } from '../store/packets.js';
import type { SignedIn } from '../store/sessions.js';

export interface AskedMove {
  readonly handoffId: HandoffId;
  readonly who: SignedIn;
  readonly request: MoveRequest;
  /** Where it was made. */
  readonly channel: Channel;
}

/** Every person's move, whichever channel it comes from. */
@Injectable()
export class MoveRecorder {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotificationSender) private readonly sender: NotificationSender,
  ) {}

  /**
   * The row is locked first; right and state are judged under that lock.
   * @throws Problem that says why the move was not made
   */
  async record(asked: AskedMove): Promise<HandoffMove> {
    const { handoffId, who, request, channel } = asked;
    return this.transactions.run(async (tx) => {
      const item = await findItem(tx, who.tenant, handoffId);
      const decision = item?.state === 'ended' ? await decisionOf(tx.db, handoffId) : null;
      const target = request.move === 'reassign' && request.to ? await targetOf(tx.db, who.tenant, request.to) : null;
      const criteria =
        request.move === 'request_changes' && item?.accepted ? await criteriaOf(tx, item.handoffId, item.accepted.packetVersion) : [];
      const now = (await databaseNow(tx.db)).toISOString();
      const judged = judgeMove({ item, decision, target, criteria, now, questionId: newId() }, who.person, request);
      if (judged.kind !== 'moves') throw problemOf(judged, handoffId, decision);
      const { accepted, routed, facts } = judged;
      const after: DeskItem = { ...judged.item, sequence: judged.item.sequence + 1 };
      const move = movedEvent(after, accepted, routed, { event: request.move, by: who.person.subject, channel, at: now, facts });
      await this.keep(tx, after, move, assignmentBy(move, accepted, routed), who.address ?? null);
      return move;
    });
  }

  private async keep(
    tx: Transaction,
    item: DeskItem,
    move: HandoffMove,
    assignment: ReturnType<typeof assignmentBy>,
    address: string | null,
  ): Promise<void> {
    await saveItems(tx, [assignment ? { ...item, sequence: assignment.sequence } : item]);
    await keepMoves(tx, [move], [address]);
    await moveLadder(tx, move);
    const causeOf = () => ({ eventId: null, correlationId: item.handoffId, traceparent: item.traceparent });
    tx.publish(handoffMoves, [move], { causeOf });
    tx.publish(handoffAssignments, assignment ? [assignment] : [], { causeOf });
    tx.notify(channelOf('notifier'), item.handoffId);
    tx.afterCommit(() => {
      this.sender.wake();
      if (move.event === 'acknowledge') observeAcknowledged(item, move);
    });
  }
}

/** What the delivery on the desk is judged by. */
async function criteriaOf(tx: Transaction, handoffId: HandoffId, version: number): Promise<readonly string[]> {
  const { delegation } = (await packetsOf(tx.db, [{ handoffId, version }])).get(handoffId)?.packet ?? {};
  return delegation?.delivery ? delegation.success_criteria.map(({ id }) => id) : [];
}

function observeAcknowledged({ accepted, routed, traceparent }: DeskItem, { moved_at: at, level }: HandoffMove): void {
  if (!accepted || !routed) return;
  const took = (Date.parse(at) - Date.parse(routed.routed_at)) / 1000;
  timeToAcknowledge.observeFor(traceparent, { urgency: accepted.urgency, level }, took);
}

/** "I am on it" stops the level's ladder and nothing else: the deadline stays, and others may still answer. */
async function moveLadder(tx: Transaction, { event, handoff_id: handoffId, level, cycle, until }: HandoffMove): Promise<void> {
  if (event === 'acknowledge') await holdLadder(tx, [handoffId]);
  if (event === 'release') await climbLadder(tx, [{ handoffId, level, cycle }]);
  if (event === 'defer' && until) await deferLadder(tx, handoffId, until);
}

function problemOf(refused: RefusedMove, handoffId: HandoffId, decision: HandoffDecision | null): Problem {
  switch (refused.kind) {
    case 'unknown':
      return new Problem(404, 'not_found', `There is no handoff ${handoffId} on this desk.`);
    case 'has-ended':
      return new Problem(409, 'already_decided', decision ? tooLateText(decision) : `Handoff ${handoffId} has ended.`, { decision });
    case 'may-not':
      return new Problem(403, 'not_allowed', refused.because);
    case 'no-use':
      return new Problem(409, refused.code, refused.because);
    case 'faults':
      return Problem.invalid(refused.faults);
    default:
      return assertNever(refused);
  }
}
