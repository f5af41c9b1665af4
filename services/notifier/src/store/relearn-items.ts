import type { Transaction } from '@handoff/bus';
import type { HandoffEvent } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import type { DeskItem } from '../domain/desk-item.js';
import { lockItems, saveItems } from './desk-items.js';

export interface Relearned<Event> {
  readonly event: Event;
  /** As the event left it. */
  readonly item: DeskItem;
}

/**
 * Puts back what our own events say and this schema has forgotten.
 * @param change null where the item shows that the event is known
 * @returns what was forgotten
 */
export async function relearnItems<Event extends HandoffEvent>(
  tx: Transaction,
  batch: readonly Event[],
  change: (item: DeskItem, event: Event) => DeskItem | null,
): Promise<readonly Relearned<Event>[]> {
  const items = await lockItems(tx, batch);
  const relearned = batch.flatMap((event) => {
    const before = items.get(event.handoff_id);
    const item = before ? change(before, event) : null;
    return item ? [{ event, item }] : [];
  });
  await saveItems(
    tx,
    relearned.map(({ item }) => item),
  );
  for (const { event } of relearned) tx.notify(channelOf('notifier'), event.handoff_id);
  return relearned;
}
