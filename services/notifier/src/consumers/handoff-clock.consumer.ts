import { Consumes, type Transaction } from '@handoff/bus';
import { handoffClock, type HandoffClock } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { Controller, Inject } from '@nestjs/common';
import { withClock } from '../domain/desk-item.js';
import { fallbackFor } from '../domain/plan-notifications.js';
import { NotificationSender } from '../sender/notification-sender.js';
import { unpagedAmong, lockItems, saveItems } from '../store/desk-items.js';
import { climbLadder, planAll } from '../store/notifications.js';
import { tellWarnings } from '../store/tell-warnings.js';

@Controller()
export class HandoffClockConsumer {
  constructor(@Inject(NotificationSender) private readonly sender: NotificationSender) {}

  /** Nobody acknowledged: the rest of the ladder now. Routing is silent: the fallback is paged, from our own settings. */
  @Consumes(handoffClock)
  async climb(batch: readonly HandoffClock[], tx: Transaction): Promise<void> {
    const lapsed = batch.filter((it) => it.event === 'lapsed' && it.clock === 'ack_by');
    const unrouted = batch.filter((it) => it.event === 'unrouted');
    if (lapsed.length > 0)
      await climbLadder(
        tx,
        lapsed.map((it) => ({ handoffId: it.handoff_id, level: it.level, cycle: it.cycle })),
      );
    const unpaged = await unpagedAmong(tx, unrouted);
    // The event's own sequence stands for the cycle: each time that routing stays silent is a page of its own.
    await planAll(
      tx,
      unrouted.filter((it) => !unpaged.has(it.handoff_id)).map((it) => fallbackFor(it.handoff_id, it.level, -it.sequence, it.fired_at)),
    );
    await showClocks(
      tx,
      batch.filter(({ event, clock }) => event === 'paused' || event === 'resumed' || clock === 'due_by'),
    );
    tx.afterCommit(() => this.sender.wake());
  }
}

/** The desk says how long a level waits for its agent, until when it has to decide after that, and that work is late. */
async function showClocks(tx: Transaction, clocks: readonly HandoffClock[]): Promise<void> {
  if (clocks.length === 0) return;
  const items = await lockItems(tx, clocks);
  const changed = clocks.flatMap((clock) => {
    const item = items.get(clock.handoff_id);
    return item ? [withClock(item, clock)] : [];
  });
  await saveItems(tx, await tellWarnings(tx, changed));
  for (const { handoff_id } of clocks) tx.notify(channelOf('notifier'), handoff_id);
}
