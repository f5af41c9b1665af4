import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject, type Packet } from '@handoff/contracts';

/** Where two versions of a packet differ, down to the smallest parts; undefined, and so left out as JSON, where one has nothing. */
export interface PacketChange {
  /** `steps_completed[2].summary` */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** More is no longer read part by part; the whole is there to be read. */
const MOST_CHANGES = 200;

export function packetChanges(before: Packet, after: Packet): readonly PacketChange[] {
  return changesIn('', { ...before } as unknown as JsonObject, { ...after } as unknown as JsonObject).slice(0, MOST_CHANGES); // a packet is JSON, by its contract
}

function changesIn(path: string, before: Json | undefined, after: Json | undefined): readonly PacketChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isJsonObject(before ?? null) && isJsonObject(after ?? null))
    return inEach(before as JsonObject, after as JsonObject, (name) => (path ? `${path}.${name}` : name));
  if (Array.isArray(before) && Array.isArray(after))
    return inEach(Object.fromEntries(before.entries()), Object.fromEntries(after.entries()), (index) => `${path}[${index}]`);
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function inEach(before: JsonObject, after: JsonObject, pathOf: (name: string) => string): readonly PacketChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => changesIn(pathOf(name), before[name], after[name]));
}
