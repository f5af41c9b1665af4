import { Transactions } from '@handoff/bus';
import { handoffMoves, validate, type HandoffId, type HandoffMove } from '@handoff/contracts';
import { channelOf, Problem } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { IsIn } from 'class-validator';
import { rightToDecide } from '../domain/rights.js';
import { tooLateText } from '../domain/too-late.js';
import { NotificationSender } from '../sender/notification-sender.js';
import { audit, decisionOf } from '../store/decisions.js';
import { saveItems } from '../store/desk-items.js';
import { findItem } from '../store/find-item.js';
import { climbLadder, holdLadder } from '../store/notifications.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

const ON_IT = ['acknowledge', 'release'] as const;

class MoveRequest {
  @IsIn(ON_IT) readonly move!: (typeof ON_IT)[number];
}

/** What a person does short of deciding. */
@Controller('desk/v1/handoffs/:id/moves')
@UseGuards(SessionGuard)
export class MovesController {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(NotificationSender) private readonly sender: NotificationSender,
  ) {}

  /** "I am on it" stops the level's ladder and nothing else: the deadline stays, and others may still answer. */
  @Post()
  @HttpCode(201)
  async move(@Me() { person, tenant }: SignedIn, @Param('id', ParseUUIDPipe) id: HandoffId, @Body() body: unknown): Promise<HandoffMove> {
    const request = validate(MoveRequest, body);
    if (request.kind === 'faults') throw Problem.invalid(request.faults);
    return this.transactions.run(async (tx) => {
      const item = await findItem(tx, tenant, id);
      if (!item?.accepted || !item.routed) throw new Problem(404, 'not_found', `There is no handoff ${id} on this desk.`);
      if (item.state === 'ended') {
        const decision = await decisionOf(tx.db, id);
        throw new Problem(409, 'already_decided', decision ? tooLateText(decision) : `Handoff ${id} has ended.`, { decision });
      }
      const right = rightToDecide(person, item.accepted, item.routed);
      if (right.kind === 'may-not') throw new Problem(403, 'not_allowed', right.because);
      const { move } = request.value;
      const now = (await databaseNow(tx.db)).toISOString();
      const holder =
        move === 'acknowledge' ? { acknowledgedBy: person.subject, acknowledgedAt: now } : { acknowledgedBy: null, acknowledgedAt: null };
      await saveItems(tx, [{ ...item, ...holder, sequence: item.sequence + 1 }]);
      const { level, cycle } = item.routed;
      await (move === 'acknowledge' ? holdLadder(tx, id) : climbLadder(tx, [{ handoffId: id, level: level.number, cycle }]));
      await audit(tx, [{ tenant, subject: person.subject, act: move, handoffId: id, details: {} }]);
      const moved: HandoffMove = {
        event: move,
        tenant,
        handoff_id: id,
        sequence: item.sequence + 1,
        packet_version: item.accepted.packetVersion,
        moved_by: person.subject,
        channel: 'desk',
        level: level.number,
        cycle,
        moved_at: now,
      };
      tx.publish(handoffMoves, [moved], { causeOf: () => ({ eventId: null, correlationId: id, traceparent: item.traceparent }) });
      tx.notify(channelOf('notifier'), id);
      tx.afterCommit(() => this.sender.wake());
      return moved;
    });
  }
}
