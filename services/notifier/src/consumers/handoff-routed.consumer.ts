import { Consumes, type Transaction } from '@handoff/bus';
import { handoffRouted, type HandoffRouted } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { Controller, Inject } from '@nestjs/common';
import { isSamePlace, withRouted, type DeskItem } from '../domain/desk-item.js';
import { planNotifications } from '../domain/plan-notifications.js';
import { isPassedOnBy } from '../domain/write-message.js';
import { NotificationSender } from '../sender/notification-sender.js';
import { lockItems, saveItems } from '../store/desk-items.js';
import { endRouted } from '../store/end-routed.js';
import { planAll, withdrawEarlier } from '../store/notifications.js';
import { tellWarnings } from '../store/tell-warnings.js';
import { markStale } from '../store/stale-copies.js';

@Controller()
export class HandoffRoutedConsumer {
  constructor(@Inject(NotificationSender) private readonly sender: NotificationSender) {}

  /** Opens the handoff to those who are asked and plans their copies; or ends it, unless a person was first. */
  @Consumes(handoffRouted)
  async ask(batch: readonly HandoffRouted[], tx: Transaction): Promise<void> {
    const items = await lockItems(tx, batch);
    const changed = batch.flatMap((event): readonly DeskItem[] => {
      const before = items.get(event.handoff_id);
      const after = before && withRouted(before, event);
      return after && after !== before ? [after] : [];
    });
    const passedOn = changed.filter(({ handoffId, routed }) => routed && isPassedOnBy(items.get(handoffId)?.routed ?? null, routed));
    const planned = changed.flatMap(({ routed, state }) => (routed && state !== 'ended' ? planNotifications(routed) : []));
    const warned = await tellWarnings(tx, changed);
    await Promise.all([
      saveItems(tx, warned),
      planAll(tx, planned),
      markStale(
        tx,
        passedOn.map((it) => it.handoffId),
      ),
    ]);
    await withdrawEarlier(
      tx,
      changed.filter(({ handoffId, routed }) => hasMoved(items.get(handoffId)?.routed ?? null, routed)).map(({ handoffId }) => handoffId),
    );
    await endRouted(tx, warned);
    for (const { handoffId } of changed) tx.notify(channelOf('notifier'), handoffId);
    tx.afterCommit(() => this.sender.wake());
  }
}

const hasMoved = (before: HandoffRouted | null, now: HandoffRouted | null): boolean =>
  before !== null && now !== null && !isSamePlace(before, now);
