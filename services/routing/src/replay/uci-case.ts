import type { JsonObject, Urgency } from '@handoff/contracts';
import { asksIn, type LoggedCase, type Step } from './ask.js';
import { eventsIn, instantIn, objectIn, textIn, textOrNull } from './log-fields.js';

const URGENCY: Readonly<Record<string, Urgency>> = { '1': 'high', '2': 'high', '3': 'medium', '4': 'low' };
const OVER: ReadonlySet<string> = new Set(['Resolved', 'Closed']);
const LAST_LINE = 3;

/** A case of the UCI incident log. It has groups and no lines, so each change of group counts as a line up, to the third. */
export function uciCase(row: JsonObject, timeZone: string): LoggedCase {
  const attributes = objectIn(row, 'attributes');
  const label = objectIn(row, 'label');
  const solved = label['resolved_at'] ? 'resolved_at' : 'closed_at';
  return {
    log: 'uci',
    id: textIn(row, 'case_id'),
    urgency: URGENCY[textOrNull(attributes['priority']) ?? ''] ?? 'medium',
    asks: asksIn([
      { at: instantIn(attributes, 'opened_at', timeZone), line: 1, begins: true, acts: false },
      ...stepsOf(eventsIn(row), timeZone),
    ]),
    wrongAt: label['made_sla'] === false && label[solved] ? instantIn(label, solved, timeZone) : null,
  };
}

function stepsOf(events: readonly JsonObject[], timeZone: string): readonly Step[] {
  let line = 1;
  return events.map((event, at) => {
    const before = events[at - 1] ?? null;
    const hasMoved = before !== null && event['group'] !== before['group'] && textOrNull(event['group']) !== null;
    if (hasMoved) line = Math.min(LAST_LINE, line + 1);
    const isOver = OVER.has(textIn(event, 'state'));
    return { at: instantIn(event, 't', timeZone), line, begins: hasMoved && !isOver, acts: isOver || isActing(event, before, hasMoved) };
  });
}

/** A state other than before, and not `New`, or another person. Another group's first person is the same; its state was the other's. */
function isActing(event: JsonObject, before: JsonObject | null, hasMoved: boolean): boolean {
  if (before === null) return event['state'] !== 'New';
  const isTaken = textOrNull(event['assigned_to']) !== null && event['assigned_to'] !== before['assigned_to'];
  return isTaken || (!hasMoved && event['state'] !== 'New' && event['state'] !== before['state']);
}
