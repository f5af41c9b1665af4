import type { Cause, Transaction } from '@handoff/bus';
import type { HandoffClock, HandoffId } from '@handoff/contracts';
import { linkTo, SpanStatusCodes, startSpan, traceparentOf } from '@handoff/telemetry';
import { fireClock } from '../domain/fire-clock.js';
import { silently, type ArmedClock, type Change, type Moment, type Waits, type Watch } from '../domain/watch.js';
import { countFired } from '../sla-monitor.metrics.js';
import { claimDue, type Lanes, type Outlook } from '../store/due-clocks.js';
import { recordChanges } from '../store/record-changes.js';

/** Fires what is due, in the order in which it was due. @returns what there is beside it */
export async function fireDue(tx: Transaction, waits: Waits, lanes: Lanes): Promise<Outlook> {
  const { now, due, watches, outlook } = await claimDue(tx, lanes);
  if (due.length === 0) return outlook;
  const moment: Moment = { now, ...waits };
  const changes = fireInTurn(due, watches, moment);
  const recorded = [...changes].map(([id, change]) => ({ before: watches.get(id) ?? change.watch, change }));
  recordChanges(tx, recorded, now, (event) => causeOf(event, watches));
  tx.afterCommit(() => countFired(due, [...changes.values()], now));
  return outlook;
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
    isAlwaysSampled: event.event === 'breached' || event.event === 'unrouted',
    links: linkTo(watches.get(event.handoff_id)?.handoff.traceparent ?? null),
    attributes: {
      'handoff.id': event.handoff_id,
      'handoff.clock': event.clock,
      'handoff.event': event.event,
      'handoff.level': event.level,
    },
  });
  if (event.event === 'breached') span.setStatus({ code: SpanStatusCodes.ERROR, message: 'No decision was seen in time' });
  if (event.event === 'unrouted') span.setStatus({ code: SpanStatusCodes.ERROR, message: 'Nobody was asked in time' });
  span.end();
  return { eventId: null, correlationId: event.handoff_id, traceparent: traceparentOf(span) };
}
