import type { JsonObject, Urgency } from '@handoff/contracts';
import { asksIn, type LoggedCase, type Step } from './ask.js';
import { eventsIn, instantIn, objectIn, textIn, textOrNull } from './log-fields.js';

const URGENCY: Readonly<Record<string, Urgency>> = { Low: 'low', Medium: 'medium', High: 'high', Major: 'high' };
const OVER: ReadonlySet<string> = new Set(['Completed', 'Unmatched']);

/** A case of the BPI Challenge 2013: who has it is a team of a support line, and `Queued` is what nobody does anything about. */
export function bpic13Case(row: JsonObject): LoggedCase {
  const events = eventsIn(row);
  const pushed = events.find((event) => event['escalation'] === true);
  return {
    log: 'bpic13',
    id: textIn(row, 'case_id'),
    urgency: URGENCY[textOrNull(objectIn(row, 'attributes')['impact']) ?? ''] ?? 'medium',
    asks: asksIn(events.map((event, at) => stepOf(event, events[at - 1] ?? null))),
    wrongAt: pushed ? instantOf(pushed) : null,
  };
}

function stepOf(event: JsonObject, before: JsonObject | null): Step {
  const status = textIn(event, 'status');
  const isQueued = status === 'Queued';
  const isNewHere = before === null || event['team'] !== before['team'] || (isQueued && before['status'] !== 'Queued');
  const isClosing = before !== null && OVER.has(status);
  return { at: instantOf(event), line: Number(event['line'] ?? 1), begins: isNewHere && !isClosing, acts: !isQueued };
}

const instantOf = (event: JsonObject): Date => instantIn(event, 't', 'UTC'); // every one of this log names its offset
