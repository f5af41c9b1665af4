import {
  fault,
  isJsonObject,
  ok,
  readHandoff,
  refuse,
  secretsInIds,
  type Envelope,
  type Fault,
  type Json,
  type JsonObject,
  type Packet,
  type Result,
  type TakenKind,
} from '@handoff/contracts';
import { contentDigest } from './content-digest.js';

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

export const MAX_ID = 256;

const idsOf = ({ task_id, agent, delegation, transfer }: Packet) => ({
  task_id,
  ...idsOfAgent(transfer ? 'from' : 'agent', agent),
  'to.agent_id': transfer?.to.agent_id,
  'to.capability': transfer?.to.capability,
  'agent_target.agent_id': delegation?.agent_target?.agent_id,
  'agent_target.capability': delegation?.agent_target?.capability,
  delegated_by: delegation?.delegated_by,
});

const idsOfAgent = (path: 'agent' | 'from', agent: Packet['agent']) => ({
  [`${path}.id`]: agent?.id,
  [`${path}.version`]: agent?.version,
  [`${path}.model`]: agent?.model,
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
