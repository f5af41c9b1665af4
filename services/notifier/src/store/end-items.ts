import type { Transaction } from '@handoff/bus';
import { handoffDecisions, type HandoffDecision, type Packet } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import { decisionFor, holderBy, type Ending } from '../domain/end-item.js';
import type { Accepted, DeskItem } from '../domain/desk-item.js';
import { decisionsMade } from '../notifier.metrics.js';
import { keepDecisions } from './decisions.js';
import { saveItems } from './desk-items.js';
import { packetsOf } from './packets.js';

export interface ItemToEnd {
  /** Locked by this transaction, and not ended. */
  readonly item: DeskItem;
  readonly accepted: Accepted;
  /** Read here where the caller has not read it. */
  readonly packet?: Packet;
  readonly ending: Ending;
  /** Where its person's request came from. */
  readonly address?: string | null;
}

/**
 * The one place where a handoff ends, whoever ends it: the row, the decision, the audit entry and the public event commit together.
 * `decided_at` is read here, while the rows are locked.
 */
export async function endItems(tx: Transaction, toEnd: readonly ItemToEnd[]): Promise<readonly HandoffDecision[]> {
  if (toEnd.length === 0) return [];
  const unread = toEnd.filter(({ packet }) => packet === undefined);
  const [now, read] = await Promise.all([databaseNow(tx.db), unread.length === 0 ? null : packetsOf(tx.db, unread.map(versionOf))]);
  const decidedAt = now.toISOString();
  // Without its packet there is no answer to publish, so such a handoff stays open rather than end unheard.
  const ended = toEnd.flatMap(({ item, accepted, ending, packet = read?.get(item.handoffId)?.packet }) =>
    packet ? [{ item, decision: decisionFor(item, accepted, packet, ending, decidedAt) }] : [],
  );
  const decisions = ended.map(({ decision }) => decision);
  await Promise.all([
    keepDecisions(tx, decisions, new Map(toEnd.map(({ item, address }) => [item.handoffId, address ?? null]))),
    saveItems(
      tx,
      ended.map(({ item, decision }) => ({ ...item, state: 'ended', sequence: decision.sequence, holder: holderBy(decision) })),
    ),
  ]);
  const traceparents = new Map(toEnd.map(({ item }) => [item.handoffId, item.traceparent]));
  tx.publish(handoffDecisions, decisions, {
    causeOf: (decision) =>
      tx.causeOf(decision.handoff_id) ?? {
        eventId: null,
        correlationId: decision.handoff_id,
        traceparent: traceparents.get(decision.handoff_id) ?? null,
      },
  });
  for (const decision of decisions) tx.notify(channelOf('notifier'), decision.handoff_id);
  tx.afterCommit(() => {
    for (const { type, urgency } of decisions) decisionsMade.inc({ type, urgency });
  });
  return decisions;
}

/** Whoever takes a task over has it until it is done or handed back; of several who agreed, the last. */
const versionOf = ({ item, accepted }: ItemToEnd) => ({ handoffId: item.handoffId, version: accepted.packetVersion });
