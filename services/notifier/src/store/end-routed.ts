import type { Transaction } from '@handoff/bus';
import type { DeskItem } from '../domain/desk-item.js';
import { endingOf } from '../domain/end-item.js';
import { endItems, type ItemToEnd } from './end-items.js';

/** Ends those whose latest routing says so; one whose packet has not come yet waits for it. */
export async function endRouted(tx: Transaction, items: readonly DeskItem[]): Promise<void> {
  const toEnd = items.flatMap((item): readonly ItemToEnd[] => {
    const end = item.routed?.end;
    return item.state !== 'ended' && item.accepted && end ? [{ item, accepted: item.accepted, ending: endingOf(end) }] : [];
  });
  await endItems(tx, toEnd);
}
