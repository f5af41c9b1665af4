import type { Cause, Transaction } from '@handoff/bus';
import type { HandoffClock, HandoffId } from '@handoff/contracts';
import { databaseNow } from '@handoff/store';
import { linkTo, SpanStatusCodes, startSpan, traceparentOf } from '@handoff/telemetry';
import { fireClock } from '../domain/fire-clock.js';
import { silently, type ArmedClock, type Change, type Moment, type Waits, type Watch } from '../domain/watch.js';
import { countFired } from '../sla-monitor.metrics.js';
import { claimDue } from '../store/due-clocks.js';
import { recordChanges } from '../store/record-changes.js';

/** Fires what is due, up to the limit, in the order in which it was due. @returns how many clocks were claimed */
export async function fireDue(tx: Transaction, waits: Waits, limit: number): Promise<number> {
  const { due, watches } = await claimDue(tx, limit);
  if (due.length === 0) return 0;
  const moment: Moment = { now: await databaseNow(tx.db), ...waits };
  const recorded = [...fireInTurn(due, watches, moment)].map(([id, change]) => ({ before: watches.get(id) ?? change.watch, change }));
  await recordChanges(tx, recorded, moment.now, (event) => causeOf(event, watches));
  tx.afterCommit(() =>
    countFired(
      due,
      recorded.map(({ change }) => change),
      moment.now,
    ),
  );
  return due.length;
}

/** A fold: what one clock does decides whether the next one of its handoff is still armed. */
function fireInTurn(due: readonly ArmedClock[], watches: ReadonlyMap<HandoffId, Watch>, moment: Moment): ReadonlyMap<HandoffId, Change> {
  const changes = new Map<HandoffId, Change>([...watches].map(([id, watch]) => [id, silently(watch)]));
  for (const clock of due) {
    const before = changes.get(clock.handoff_id);
    if (!before) continue;
    const { watch, said } = fireClock(before.watch, clock, moment);
    changes.set(clock.handoff_id, { watch, said: [...before.said, ...said] });
  }
  return changes;
}

/** Hours may have passed, so it is a trace of its own, linked to the one in which the handoff came. */
function causeOf(event: HandoffClock, watches: ReadonlyMap<HandoffId, Watch>): Cause {
  const span = startSpan(`fire ${event.clock}`, {
    parent: null,
    links: linkTo(watches.get(event.handoff_id)?.handoff.traceparent ?? null),
    attributes: {
      'handoff.id': event.handoff_id,
      'handoff.clock': event.clock,
      'handoff.event': event.event,
      'handoff.level': event.level,
    },
  });
  if (event.event === 'breached') span.setStatus({ code: SpanStatusCodes.ERROR, message: 'No decision was seen in time' });
  span.end();
  return { eventId: null, correlationId: event.handoff_id, traceparent: traceparentOf(span) };
}
