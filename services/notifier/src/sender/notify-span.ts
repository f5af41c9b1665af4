import { linkTo, noteFailure, SpanKind, traceparentOf, withSpan, type SpanOptions } from '@handoff/telemetry';
import type { Parcel } from './parcels.js';
import type { Attempt } from './tell-attempts.js';

/**
 * One message on its way, in the trace of its handoff; one of several handoffs is a trace of its own, linked to theirs.
 * @param send is given where the span is, for what comes of it
 */
export async function notifying(
  parcel: Parcel,
  send: (traceparent: string | null) => Promise<readonly Attempt[]>,
): Promise<readonly Attempt[]> {
  return withSpan(`notify ${parcel.copies[0].notification.channel}`, spanOf(parcel), async (span) => {
    const attempts = await send(traceparentOf(span));
    const [{ attempted } = { attempted: null }] = attempts; // of all the same: it is one message
    span.setAttribute('handoff.result', attempted?.kind ?? 'none');
    if (attempted && 'reason' in attempted) {
      const attributes = { 'handoff.channel': parcel.copies[0].notification.channel, 'handoff.result': attempted.kind };
      noteFailure('fail notification', new Error(attempted.reason), { links: linkTo(traceparentOf(span)), attributes });
    }
    return attempts;
  });
}

function spanOf({ copies, bundleId }: Parcel): SpanOptions {
  const [{ traceparent, notification }] = copies;
  const attributes = { 'handoff.channel': notification.channel, 'handoff.copies': copies.length };
  if (bundleId) return { kind: SpanKind.CLIENT, attributes, parent: null, links: copies.flatMap((copy) => linkTo(copy.traceparent)) };
  return { kind: SpanKind.CLIENT, attributes: { ...attributes, 'handoff.id': notification.handoff_id }, parent: traceparent };
}
