import type { Timeline, TimelineLine } from '@handoff/contracts';
import { table } from '../command/table.js';
import { visibleLine } from '../dead-letters/show-bytes.js';

/** A line each: when, which service tells it, what happened; the traces that it belongs to, below. */
export function describeTimeline({ handoff_id, task_id, lines, left_out }: Timeline): string {
  const head = `Handoff ${handoff_id}${task_id === null ? '' : ` of task ${visibleLine(task_id)}`}`;
  const left = left_out > 0 ? [`… ${left_out} older lines are left out`] : [];
  const traces = [...new Set(lines.flatMap(({ trace_id }) => trace_id ?? []))];
  const traced = traces.length > 0 ? ['', `Trace: ${traces.join(', ')}`] : [];
  return [head, '', ...left, table(lines.map(row)), ...traced].join('\n');
}

const row = ({ at, service, event, text }: TimelineLine): readonly string[] => [at, service, event.replaceAll('_', ' '), visibleLine(text)];
