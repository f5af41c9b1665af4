import type { Transaction } from '@handoff/bus';
import { handoffAssignments, handoffMoves, type HandoffEvent } from '@handoff/contracts';
import type { DeskItem } from '../domain/desk-item.js';
import { warn } from '../domain/warn.js';
import { termWarnings } from '../notifier.metrics.js';
import { keepMoves } from './moves.js';
import { planAll } from './notifications.js';

/**
 * Terms that come to their end: a line in the thread, a word to whoever works on it, and a copy to those who look after it.
 * @returns the items as that left them; they are still to be saved
 */
export async function tellWarnings(tx: Transaction, items: readonly DeskItem[]): Promise<readonly DeskItem[]> {
  const warnings = items.map(warn);
  const moves = warnings.flatMap((it) => it.moves);
  if (moves.length === 0) return items;
  const traces = new Map(items.map(({ handoffId, traceparent }) => [handoffId, traceparent]));
  const causeOf = ({ handoff_id }: HandoffEvent) => ({
    eventId: null,
    correlationId: handoff_id,
    traceparent: traces.get(handoff_id) ?? null,
  });
  await keepMoves(tx, moves);
  await planAll(
    tx,
    warnings.flatMap((it) => it.news),
  );
  tx.publish(handoffMoves, moves, { causeOf });
  tx.publish(
    handoffAssignments,
    warnings.flatMap((it) => it.assignments),
    { causeOf },
  );
  tx.afterCommit(() => {
    for (const { warning } of moves) if (warning) termWarnings.inc({ term: warning.term, share: String(warning.share ?? 'none') });
  });
  return warnings.map(({ item }) => item);
}
