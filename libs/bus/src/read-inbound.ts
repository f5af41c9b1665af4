import {
  fault,
  isJsonObject,
  MAX_NAME_CHARACTERS,
  NO_ENVELOPE,
  ok,
  parseJson,
  readHeaders,
  refuse,
  secretsInIds,
  UNKNOWN_AGENT,
  unlessSecret,
  type AgentId,
  type Envelope,
  type Fault,
  type Json,
  type Result,
  type TaskId,
  type WireHeaders,
} from '@handoff/contracts';
import { unwrap } from './decode-record.js';

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

/** The task that a refused value names, where that much of it can be read. */
export function taskIdOf(sent: Json): TaskId | null {
  const id = isJsonObject(sent) ? sent['task_id'] : null;
  return typeof id === 'string' && id !== '' && id.length <= MAX_NAME_CHARACTERS ? unlessSecret(id as TaskId) : null;
}

/** Who wrote a refused value: as much as can be said of it. */
export function agentOfRefused(sent: Json, { source }: Envelope): string | null {
  const { agent = null, from = null, agent_id: replier = null } = isJsonObject(sent) ? sent : {};
  const sender = agent ?? from;
  const named = isJsonObject(sender) ? sender['id'] : (sender ?? replier);
  const id = typeof named === 'string' && named !== '' ? named : source;
  return id !== null && id.length <= MAX_NAME_CHARACTERS ? unlessSecret(id) : null;
}

/** Who speaks, by an unsigned record's own words: the agent that it names, else the event's source. */
export function senderNamed(named: AgentId | undefined, { source }: Envelope): Result<AgentId> {
  if (named !== undefined) return ok(named);
  if (source === null) return ok(UNKNOWN_AGENT);
  const secrets = secretsInIds({ 'headers.ce_source': source });
  if (secrets.length > 0) return refuse(...secrets);
  if (source.length <= MAX_NAME_CHARACTERS) return ok(source as AgentId);
  return refuse(
    fault(
      'headers.ce_source',
      'too_long',
      `ce_source stands for the agent and has ${source.length} characters; at most ${MAX_NAME_CHARACTERS} are taken. Name the agent itself.`,
    ),
  );
}
