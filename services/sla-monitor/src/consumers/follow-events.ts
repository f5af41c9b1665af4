import type { Transaction } from '@handoff/bus';
import type { HandoffEvent } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { settleDue } from '../domain/due-by.js';
import { settleResult } from '../domain/settle-result.js';
import { unseen, type Change, type Moment, type Waits, type Watch } from '../domain/watch.js';
import { countFollowed } from '../sla-monitor.metrics.js';
import { recordChanges } from '../store/record-changes.js';
import { openWatches } from '../store/watches.js';

export type Choice<Event> = (watch: Watch, event: Event, moment: Moment) => Change;

/** Every topic is taken alike: load the handoffs, choose what each event changes, settle what can be settled, record. */
export async function followEvents<Event extends HandoffEvent>(
  tx: Transaction,
  batch: readonly Event[],
  waits: Waits,
  choose: Choice<Event>,
): Promise<void> {
  const [watches, now] = await Promise.all([openWatches(tx, batch), databaseNow(tx.db)]);
  const moment: Moment = { now, ...waits };
  const recorded = batch.map((event) => {
    const before = watches.get(event.handoff_id) ?? unseen(event.handoff_id, event.tenant);
    return { before, change: settleDue(settleResult(choose(traced(before, tx), event, moment))) };
  });
  recordChanges(tx, recorded, moment.now);
  tx.afterCommit(() => countFollowed(recorded));
}

function traced(watch: Watch, tx: Transaction): Watch {
  const traceparent = watch.handoff.traceparent ?? tx.causeOf(watch.handoff.handoff_id)?.traceparent ?? null;
  return traceparent === watch.handoff.traceparent ? watch : { ...watch, handoff: { ...watch.handoff, traceparent } };
}
