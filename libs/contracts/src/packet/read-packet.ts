import { fault, ok, refuse, type Fault, type Result } from '../errors.js';
import { isJsonObject, type Json } from '../json.js';
import { validate } from '../wire/validate.js';
import { normalisePacket, REQUIRED } from './normalise-packet.js';
import { Packet } from './packet.js';

/** What an agent sent, as a packet, or everything that is wrong with it at once. */
export function readPacket(sent: Json): Result<Packet> {
  if (!isJsonObject(sent)) return validate(Packet, sent);
  const missing: Fault[] = [...REQUIRED]
    .filter((field) => !(field in sent))
    .map((field) => fault(field, 'missing', `${field} is missing; it is one of the eight fields that every packet has.`));
  const checked = validate(Packet, normalisePacket(sent));
  if (checked.kind === 'ok') return missing.length === 0 ? ok(checked.value) : refuse(...missing);
  const named = new Set(missing.map(({ path }) => path));
  return refuse(...missing, ...checked.faults.filter(({ path }) => !named.has(path)));
}
