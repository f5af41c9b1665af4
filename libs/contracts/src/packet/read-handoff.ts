import type { Result } from '../errors.js';
import { isJsonObject, type Json } from '../json.js';
import { validate } from '../wire/validate.js';
import { Packet } from './packet.js';
import { readDelegation } from './read-delegation.js';
import { readPacket } from './read-packet.js';
import { readTransfer } from './read-transfer.js';

/** The kinds that are taken, each with its form on the wire; all of them become the one packet that everybody else reads. */
const READERS = { escalation: readPacket, delegation: readDelegation, transfer: readTransfer } as const;
export type TakenKind = keyof typeof READERS;

export const readHandoff = (kind: TakenKind, sent: Json): Result<Packet> => READERS[kind](sent);

/** What is kept of a handoff: as it was sent, or a packet that was made of that. Never for what comes from outside. */
export function readKept(kind: TakenKind, kept: Json): Result<Packet> {
  const isMade = kind !== 'escalation' && isJsonObject(kept) && 'original_request' in kept;
  return isMade ? validate(Packet, kept) : readHandoff(kind, kept);
}
