import { fault, MAX_PACKET_BYTES, readPacket, refuse, ok, type Fault, type JsonObject, type Packet, type Result } from '@handoff/contracts';

/** They say which handoff it is, and whose: another value would make it another handoff. */
const FIXED = ['task_id', 'agent', 'idempotency_key'] as const;

export interface MergedPacket {
  readonly sent: JsonObject;
  readonly packet: Packet;
}

/** The next version of a packet: whole fields replaced by those of `context`, and judged like a packet that came new. */
export function mergeContext(before: JsonObject, context: JsonObject): Result<MergedPacket> {
  const faults = fixedFaults(before, context);
  if (Object.keys(context).length === 0)
    faults.push(fault('context', 'empty', 'context is empty; it must name at least one field of the packet.'));
  const sent = { ...before, ...context };
  const bytes = Buffer.byteLength(JSON.stringify(sent));
  if (bytes > MAX_PACKET_BYTES)
    faults.push(fault('context', 'too_large', `With this context the packet has ${bytes} bytes; at most ${MAX_PACKET_BYTES} are taken.`));
  const read = readPacket(sent);
  if (read.kind === 'faults') return refuse(...faults, ...read.faults.map(insideContext));
  return faults.length > 0 ? refuse(...faults) : ok({ sent, packet: read.value });
}

const fixedFaults = (before: JsonObject, context: JsonObject): Fault[] =>
  FIXED.filter((field) => field in context && JSON.stringify(context[field]) !== JSON.stringify(before[field])).map((field) =>
    fault(`context.${field}`, 'not_allowed_value', `context.${field} differs from the packet's; it stays the same for the whole handoff.`),
  );

const insideContext = ({ path, code, message }: Fault): Fault => fault(path === '' ? 'context' : `context.${path}`, code, message);
