import { Consumes, type Transaction } from '@handoff/bus';
import { handoffMoves, handoffReplied, type HandoffReplied } from '@handoff/contracts';
import { channelOf } from '@handoff/runtime';
import { Controller, Inject } from '@nestjs/common';
import { hearReply, type HeardReply } from '../domain/hear-reply.js';
import { newsFor } from '../domain/plan-notifications.js';
import { NotificationSender } from '../sender/notification-sender.js';
import { lockItems, saveItems } from '../store/desk-items.js';
import { keepMoves } from '../store/moves.js';
import { planAll } from '../store/notifications.js';
import { tellWarnings } from '../store/tell-warnings.js';

@Controller()
export class HandoffRepliedConsumer {
  constructor(@Inject(NotificationSender) private readonly sender: NotificationSender) {}

  /** An answer comes into the thread, and whoever asked is told; so does a question, to whoever gave the task; what became of a recall is shown. */
  @Consumes(handoffReplied)
  async hear(batch: readonly HandoffReplied[], tx: Transaction): Promise<void> {
    const items = await lockItems(tx, batch);
    const heard = batch.flatMap((reply): readonly HeardReply[] => {
      const item = items.get(reply.handoff_id);
      const it = item ? hearReply(item, reply) : null;
      return it ? [it] : [];
    });
    const moves = heard.flatMap(({ move }) => move ?? []);
    await keepMoves(tx, moves);
    const warned = await tellWarnings(
      tx,
      heard.map(({ item }) => item),
    );
    await saveItems(tx, warned);
    await planAll(tx, heard.flatMap(newsOf));
    tx.publish(handoffMoves, moves);
    for (const { item } of heard) tx.notify(channelOf('notifier'), item.handoffId);
    tx.afterCommit(() => this.sender.wake());
  }
}

/** Where it has ended meanwhile, the answer is in the thread, and nobody is called for it. */
function newsOf({ item: { state, routed }, move }: HeardReply) {
  if (!move?.question || !routed || state === 'ended') return [];
  const { sequence, moved_at: at } = move;
  const wanted = move.event === 'ask' ? (routed.given_to ?? []) : [move.question.asked_by];
  return wanted.flatMap((person) => newsFor(routed, person, sequence, at));
}
