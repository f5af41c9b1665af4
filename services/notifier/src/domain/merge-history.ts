import type { HandoffId, HistoryLine, Service, Strand, Timeline, TimelineLine } from '@handoff/contracts';

/** What a service has told of a handoff, or why it has told nothing. */
export type GatheredPart = { readonly service: Service; readonly handoffId: HandoffId } & (
  { readonly kind: 'told'; readonly lines: readonly HistoryLine[] } | { readonly kind: 'gap'; readonly why: string }
);

export interface Gathered {
  readonly handoffId: HandoffId;
  readonly strands: readonly Strand[];
  readonly strandsLeftOut: number;
  readonly parts: readonly GatheredPart[];
}

const MOST_LINES = 500;

/**
 * One order out of five: by instant, then as a handoff meets the services, then as each has told it. The newest are kept where there are
 * too many.
 */
export function mergeHistory({ handoffId, strands, strandsLeftOut, parts }: Gathered, most = MOST_LINES): Timeline {
  const lines = parts
    .flatMap((part) => (part.kind === 'told' ? part.lines.map((line, at) => ({ ...line, ...placeOf(part), order: at })) : []))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at) || rank(one) - rank(other) || one.order - other.order)
    .map(({ order: _, ...line }): TimelineLine => line);
  const gaps = new Map(parts.flatMap((part) => (part.kind === 'gap' ? [[part.service, part.why] as const] : [])));
  return {
    handoff_id: handoffId,
    task_id: strands.find((it) => it.handoff_id === handoffId)?.task_id ?? null,
    strands,
    strands_left_out: strandsLeftOut,
    lines: lines.slice(-most),
    left_out: Math.max(0, lines.length - most),
    gaps: [...gaps].map(([service, why]) => ({ service, why })),
  };
}

const placeOf = ({ service, handoffId: handoff_id }: GatheredPart) => ({ service, handoff_id });

/** The clocks follow what people do. */
const ORDER: readonly Service[] = ['intake', 'routing', 'notifier', 'sla-monitor', 'feedback'];
const rank = ({ service }: { readonly service: Service }): number => ORDER.indexOf(service);
