import { Consumes, type Transaction } from '@handoff/bus';
import { handoffAccepted, handoffNotified, type HandoffAccepted, type HandoffNotified } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { Controller, Inject } from '@nestjs/common';
import { withAccepted, type DeskItem } from '../domain/desk-item.js';
import { NotificationSender } from '../sender/notification-sender.js';
import { lockItems, saveItems } from '../store/desk-items.js';
import { endRouted } from '../store/end-routed.js';
import { keepPackets } from '../store/packets.js';
import { tellWarnings } from '../store/tell-warnings.js';
import { markStale } from '../store/stale-copies.js';

@Controller()
export class HandoffAcceptedConsumer {
  constructor(@Inject(NotificationSender) private readonly sender: NotificationSender) {}

  /**
   * Puts the packet on the desk; a new version of one that is there is told, so that the agent knows that it is seen, and the copies of
   * the earlier one are brought up to date.
   */
  @Consumes(handoffAccepted)
  async show(batch: readonly HandoffAccepted[], tx: Transaction): Promise<void> {
    const [items, at] = await Promise.all([lockItems(tx, batch), databaseNow(tx.db)]);
    const now = at.toISOString();
    const changed: DeskItem[] = [];
    const shown: HandoffNotified[] = [];
    const kept: HandoffAccepted[] = [];
    for (const event of batch) {
      const before = items.get(event.handoff_id);
      const after = before && withAccepted(before, event, tx.causeOf(event.handoff_id)?.traceparent ?? null);
      if (!before || !after || after === before) continue;
      kept.push(event);
      const isNewVersion =
        after.state !== 'ended' && event.packet_version > 1 && event.packet_version > (before.accepted?.packetVersion ?? 0);
      const item = isNewVersion ? { ...after, sequence: after.sequence + 1 } : after;
      changed.push(item);
      if (isNewVersion) shown.push(shownOnDesk(item, event, now));
    }
    const warned = await tellWarnings(tx, changed);
    await Promise.all([
      keepPackets(tx, kept),
      saveItems(tx, warned),
      markStale(
        tx,
        shown.map((it) => it.handoff_id),
      ),
    ]);
    await endRouted(tx, warned);
    tx.publish(handoffNotified, shown);
    for (const { handoffId } of changed) tx.notify(channelOf('notifier'), handoffId);
    tx.afterCommit(() => this.sender.wake());
  }
}

function shownOnDesk(item: DeskItem, event: HandoffAccepted, at: string): HandoffNotified {
  return {
    tenant: item.tenant,
    handoff_id: item.handoffId,
    sequence: item.sequence,
    packet_version: event.packet_version,
    event: 'delivered',
    channel: 'desk',
    recipient: null,
    level: item.routed?.level.number ?? 0,
    cycle: item.routed?.cycle ?? 0,
    attempts: 1,
    error: null,
    at,
  };
}
