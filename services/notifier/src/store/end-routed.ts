import type { Transaction } from '@handoff/bus';
import type { DecisionId, HandoffDecision } from '@handoff/contracts';
import type { DeskItem } from '../domain/desk-item.js';
import { endingOf } from '../domain/end-item.js';
import { decisionsById } from './decisions.js';
import { endItems, type ItemToEnd } from './end-items.js';

/** Ends those whose latest routing says so; one whose packet has not come yet waits for it. */
export async function endRouted(tx: Transaction, items: readonly DeskItem[]): Promise<void> {
  const ending = items.flatMap((item) => {
    const end = item.routed?.end;
    return item.state !== 'ended' && item.accepted && end ? [{ item, accepted: item.accepted, end }] : [];
  });
  const earlier = await repeatedBy(
    tx,
    ending.flatMap(({ end }) => end.repeats ?? []),
  );
  const toEnd = ending.map(({ end, ...it }): ItemToEnd => ({ ...it, ending: endingOf(end, earlier.get(end.repeats ?? null) ?? null) }));
  await endItems(tx, toEnd);
}

async function repeatedBy(tx: Transaction, ids: readonly DecisionId[]): Promise<ReadonlyMap<DecisionId | null, HandoffDecision>> {
  const found = ids.length === 0 ? [] : await decisionsById(tx, ids);
  return new Map(found.map((decision) => [decision.decision_id, decision]));
}
