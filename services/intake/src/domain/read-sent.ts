import { unwrap } from '@handoff/bus';
import {
  fault,
  isJsonObject,
  NO_ENVELOPE,
  ok,
  parseJson,
  readHeaders,
  readHandoff,
  refuse,
  type Envelope,
  type Fault,
  type Json,
  type JsonObject,
  type Packet,
  type Result,
  type TakenKind,
  type TaskId,
  type WireHeaders,
} from '@handoff/contracts';
import { contentDigest } from './content-digest.js';
import { secretsInIds, unlessSecret } from './secret-in-id.js';

/** What was found valid, as the packet that it makes, and by what it may be known again. */
export interface SentHandoff {
  readonly kind: TakenKind;
  /** As its sender wrote it, out of whatever was around it. */
  readonly sent: JsonObject;
  readonly packet: Packet;
  readonly digest: string;
  readonly idempotencyKey: string | null;
  /** CloudEvents' identity, where the record has one. */
  readonly event: { readonly source: string; readonly id: string } | null;
}

export type InboundValue = { readonly envelope: Envelope } & (
  | { readonly kind: 'value'; readonly value: Json; readonly headerFaults: readonly Fault[] }
  /** The bytes are no JSON that could be handled. */
  | { readonly kind: 'unreadable'; readonly faults: readonly Fault[] }
);

/** A record as agents write it: structured CloudEvents, binary with headers, or a bare JSON value. */
export function readInbound(record: { readonly headers: WireHeaders; readonly value: Uint8Array | null }): InboundValue {
  const headers = readHeaders(record.headers);
  const headerFaults = headers.kind === 'faults' ? headers.faults : [];
  const outer = headers.kind === 'ok' ? headers.value : NO_ENVELOPE;
  const parsed = parseJson(record.value);
  if (parsed.kind === 'faults') return { kind: 'unreadable', envelope: outer, faults: [...headerFaults, ...parsed.faults] };
  const { envelope, data } = unwrap(outer, parsed.value);
  return { kind: 'value', envelope, value: data, headerFaults };
}

/** @param key of the request; null where only the packet may name one */
export function readSent(kind: TakenKind, sent: Json, envelope: Envelope, key: string | null = null): Result<SentHandoff> {
  const read = readHandoff(kind, sent);
  if (read.kind === 'faults') return read;
  if (!isJsonObject(sent)) return refuse(fault('', 'wrong_type', 'Expected a JSON object.'));
  const packet = read.value;
  const faults = [...checkKey(key, packet), ...secretsInIds(idsOf(packet))];
  if (faults.length > 0) return refuse(...faults);
  const { source, id } = envelope;
  return ok({
    kind,
    sent,
    packet,
    digest: contentDigest(sent),
    idempotencyKey: key ?? packet.idempotency_key ?? null,
    event: source !== null && id !== null ? { source, id } : null,
  });
}

/** The task that a refused value names, where that much of it can be read. */
export function taskIdOf(sent: Json): TaskId | null {
  const id = isJsonObject(sent) ? sent['task_id'] : null;
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID ? unlessSecret(id as TaskId) : null;
}

export const MAX_ID = 256;

const idsOf = ({ task_id, agent, delegation }: Packet) => ({
  task_id,
  'agent.id': agent?.id,
  'agent.version': agent?.version,
  'agent.model': agent?.model,
  'agent_target.agent_id': delegation?.agent_target?.agent_id,
  'agent_target.capability': delegation?.agent_target?.capability,
  delegated_by: delegation?.delegated_by,
});

function checkKey(key: string | null, packet: Packet): Fault[] {
  if (key === null) return [];
  if (key.length > MAX_ID)
    return [
      fault('headers.idempotency-key', 'too_long', `The header Idempotency-Key has ${key.length} characters; at most ${MAX_ID} are taken.`),
    ];
  const inside = packet.idempotency_key;
  return inside === undefined || inside === key
    ? []
    : [fault('idempotency_key', 'not_allowed_value', 'idempotency_key differs from the header Idempotency-Key; send one of the two.')];
}
