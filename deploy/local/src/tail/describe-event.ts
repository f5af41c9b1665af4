import { isJsonObject, type JsonObject } from '@handoff/contracts';
import { visibleLine } from '../dead-letters/show-bytes.js';
import { textIn, type TailEvent } from './tail-event.js';

const TOPIC_WIDTH = 'handoff.assignments'.length;
const EVENT_WIDTH = 'withdrawal_asked'.length;
const MOST_TEXT = 120;

/** One line: when, where, what, of which handoff, and who. */
export function describeEvent({ at, topic, event, handoff_id: id, payload }: TailEvent): string {
  const line = [at, topic.padEnd(TOPIC_WIDTH), event.padEnd(EVENT_WIDTH), id ?? '-', detailOf(topic, payload)];
  return visibleLine(line.join('  ').trimEnd());
}

function detailOf(topic: string, payload: JsonObject): string {
  switch (topic) {
    case 'handoff.accepted':
      return joined([field(payload, 'agent_id'), field(payload, 'task_id'), nested(payload, 'packet', 'urgency')]);
    case 'handoff.routed':
      return joined([nested(payload, 'level', 'name'), list(payload['asked']), field(payload, 'why')]);
    case 'handoff.clock':
      return joined([field(payload, 'clock'), `due ${field(payload, 'due_at')}`]);
    case 'handoff.notified':
      return joined([field(payload, 'channel'), field(payload, 'recipient'), field(payload, 'error')]);
    case 'handoff.moves':
      return joined([field(payload, 'moved_by'), field(payload, 'note')]);
    case 'handoff.decisions':
      return joined([list(payload['decided_by'], 'subject'), field(payload, 'message')]);
    case 'handoff.feedback':
      return joined([nested(payload, 'escalation', 'verdict'), nested(payload, 'recommendation', 'verdict')]);
    default:
      return joined([field(payload, 'agent_id'), field(payload, 'task_id'), field(payload, 'text')]);
  }
}

const field = (payload: JsonObject, name: string): string => (textIn(payload, name) ?? '').slice(0, MOST_TEXT);

const nested = (payload: JsonObject, part: string, name: string): string => {
  const inner = payload[part];
  return isJsonObject(inner) ? field(inner, name) : '';
};

function list(value: unknown, name?: string): string {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map((it) => (name !== undefined && isJsonObject(it) ? field(it, name) : String(it))).join(', ');
}

const joined = (parts: readonly string[]): string => parts.filter(Boolean).join(' · ');
