import type { Transaction } from '@handoff/bus';
import { handoffMoves, type DecisionType, type HandoffId, type HandoffMove } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { databaseNow } from '@handoff/store';
import type { Judgement } from '../domain/judge-answer.js';
import { movedEvent } from '../domain/moved-event.js';
import { saveItems } from './desk-items.js';
import { keepMoves } from './moves.js';

/** With where its person's request came from. */
export type VoteJudged = Judgement & { readonly kind: 'votes'; readonly address?: string | null };

/** What its person hears of a vote. */
export interface RecordedVote {
  readonly handoff_id: HandoffId;
  readonly packet_version: number;
  readonly type: DecisionType;
  readonly agreeing: number;
  readonly needed: number;
}

export const recordedVote = ({ item, vote, tally }: VoteJudged): RecordedVote => ({
  handoff_id: item.handoffId,
  packet_version: vote.packetVersion,
  type: vote.type,
  agreeing: tally.agreeing,
  needed: tally.needed,
});

/** Votes of locked items: kept, and told as moves. One that ends its handoff in the same turn is among the decision's. */
export async function keepVotes(tx: Transaction, judged: readonly VoteJudged[]): Promise<void> {
  const voted = judged.filter(({ tally }) => tally.isNew);
  if (voted.length === 0) return;
  const at = (await databaseNow(tx.db)).toISOString();
  const made = voted.flatMap(({ address = null, ...it }) => moveOf(it, at).map((move) => ({ move, address })));
  const moves = made.map(({ move }) => move);
  const newest = new Map(voted.map(({ item }) => [item.handoffId, item]));
  await saveItems(tx, [...newest.values()]);
  await keepMoves(
    tx,
    moves,
    made.map(({ address }) => address),
  );
  const traceparents = new Map(voted.map(({ item }) => [item.handoffId, item.traceparent]));
  tx.publish(handoffMoves, moves, {
    causeOf: ({ handoff_id: id }) => ({ eventId: null, correlationId: id, traceparent: traceparents.get(id) ?? null }),
  });
  for (const { handoff_id } of moves) tx.notify(channelOf('notifier'), handoff_id);
}

function moveOf({ item, accepted, vote, tally }: VoteJudged, at: string): readonly HandoffMove[] {
  if (!item.routed) return [];
  const { type, actionDigest, subject, channel, message } = vote;
  const facts = {
    note: message?.slice(0, MOST_SHOWN).toWellFormed() ?? null,
    vote: { type, action_digest: actionDigest, agreeing: tally.agreeing, needed: tally.needed },
  };
  return [movedEvent(item, accepted, item.routed, { event: 'vote', by: subject, channel, at, facts })];
}

/** The whole is among the votes and in the decision; this is what fits an event. */
const MOST_SHOWN = 500;
