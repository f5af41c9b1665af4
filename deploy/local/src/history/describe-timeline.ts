import type { HandoffId, Timeline, TimelineLine } from '@handoff/contracts';
import { table } from '../command/table.js';
import { visibleLine } from '../dead-letters/show-bytes.js';

/** A line each: when, of which strand, which service tells it, what happened; the traces that it belongs to, below. */
export function describeTimeline({ handoff_id, task_id, strands, strands_left_out, lines, left_out }: Timeline): string {
  const others = strands.filter((it) => it.handoff_id !== handoff_id);
  const kinds = new Map(others.length > 0 ? strands.map((it) => [it.handoff_id, it.kind ?? '']) : []);
  const head = [`Handoff ${nameOf({ handoff_id, task_id })}`, ...others.map((it) => `With ${it.kind ?? 'handoff'} ${nameOf(it)}`)];
  const left = [
    ...(strands_left_out > 0 ? [`… ${strands_left_out} older handoffs that were asked within it are left out`] : []),
    ...(left_out > 0 ? [`… ${left_out} older lines are left out`] : []),
  ];
  const traces = [...new Set(lines.flatMap(({ trace_id }) => trace_id ?? []))];
  const traced = traces.length > 0 ? ['', `Trace: ${traces.join(', ')}`] : [];
  return [...head, '', ...left, table(lines.map((line) => row(line, kinds))), ...traced].join('\n');
}

const nameOf = ({ handoff_id, task_id }: Pick<Timeline, 'handoff_id' | 'task_id'>): string =>
  `${handoff_id}${task_id === null ? '' : ` of task ${visibleLine(task_id)}`}`;

/** @param kinds of each strand, where there are several */
const row = ({ at, handoff_id, service, event, text }: TimelineLine, kinds: ReadonlyMap<HandoffId, string>): readonly string[] => [
  at,
  ...(kinds.size > 0 ? [kinds.get(handoff_id) ?? ''] : []),
  service,
  event.replaceAll('_', ' '),
  visibleLine(text),
];
