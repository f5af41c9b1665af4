import { Transactions } from '@handoff/bus';
import { handoffNotified, type HandoffId } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { findItem } from '../store/find-item.js';
import { saveItems } from '../store/desk-items.js';
import { markSeen } from '../store/seen-copies.js';
import type { SignedIn } from '../store/sessions.js';
import { Me, SessionGuard } from './session.guard.js';

@Controller('desk/v1/handoffs/:id/seen')
@UseGuards(SessionGuard)
export class SeenController {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** The desk says that its reader has it on the screen; told once for each time that she was sent a copy. */
  @Post()
  @HttpCode(204)
  async see(@Me() { person, tenant }: SignedIn, @Param('id', ParseUUIDPipe) id: HandoffId): Promise<void> {
    await this.transactions.run(async (tx) => {
      const item = await findItem(tx, tenant, id);
      if (!item || item.state === 'ended') return;
      const copy = await markSeen(tx, id, person.subject);
      if (!copy) return;
      const sequence = item.sequence + 1;
      await saveItems(tx, [{ ...item, sequence }]);
      const { channel, level, cycle, attempts } = copy;
      const at = (await databaseNow(tx.db)).toISOString();
      const packetVersion = item.accepted?.packetVersion ?? 1;
      tx.publish(
        handoffNotified,
        [
          {
            ...{ tenant, handoff_id: id, sequence, packet_version: packetVersion, event: 'seen', at },
            ...{ channel, level, cycle: Math.max(cycle, 0), attempts, recipient: person.subject, error: null },
          },
        ],
        { causeOf: () => ({ eventId: null, correlationId: id, traceparent: item.traceparent }) },
      );
    });
  }
}
