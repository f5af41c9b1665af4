import type { HandoffId, HistoryLine, Service, TaskId, Timeline, TimelineLine } from '@handoff/contracts';

/** What a service has told of a handoff, or why it has told nothing. */
export type GatheredPart =
  | { readonly kind: 'told'; readonly service: Service; readonly lines: readonly HistoryLine[] }
  | { readonly kind: 'gap'; readonly service: Service; readonly why: string };

export interface Gathered {
  readonly handoffId: HandoffId;
  readonly taskId: TaskId | null;
  readonly parts: readonly GatheredPart[];
}

const MOST_LINES = 500;

/**
 * One order out of five: by instant, then as a handoff meets the services, then as each has told it. The newest are kept where there are
 * too many.
 */
export function mergeHistory({ handoffId, taskId, parts }: Gathered, most = MOST_LINES): Timeline {
  const lines = parts
    .flatMap((part) => (part.kind === 'told' ? part.lines.map((line, at) => ({ ...line, service: part.service, order: at })) : []))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at) || rank(one) - rank(other) || one.order - other.order)
    .map(({ order: _, ...line }): TimelineLine => line);
  const gaps = parts.flatMap((part) => (part.kind === 'gap' ? [{ service: part.service, why: part.why }] : []));
  return { handoff_id: handoffId, task_id: taskId, lines: lines.slice(-most), left_out: Math.max(0, lines.length - most), gaps };
}

/** The clocks follow what people do. */
const ORDER: readonly Service[] = ['intake', 'routing', 'notifier', 'sla-monitor', 'feedback'];
const rank = ({ service }: { readonly service: Service }): number => ORDER.indexOf(service);
