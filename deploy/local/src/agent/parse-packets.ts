import { gunzipSync } from 'node:zlib';
import { HandoffError, isJsonObject, type Json, type JsonObject, REQUIRED } from '@handoff/contracts';

export class PacketsFileError extends HandoffError {
  readonly code = 'PACKETS_FILE';
}

/** JSON Lines, gzip or not: each line is a packet, or an object that holds one as `packet` beside what is not for us. */
export function parsePackets(bytes: Uint8Array, file: string): readonly JsonObject[] {
  const text = new TextDecoder().decode(isGzip(bytes) ? gunzipSync(bytes) : bytes);
  const lines = text.split('\n').map((line, at) => ({ line: line.trim(), at: at + 1 }));
  return lines.filter(({ line }) => line !== '').map(({ line, at }) => parseLine(line, `${file}, line ${at}`));
}

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function parseLine(line: string, where: string): JsonObject {
  const value = parseJson(line, where);
  const packet = isJsonObject(value) && isJsonObject(value['packet']) ? value['packet'] : value;
  if (!isJsonObject(packet) || typeof packet['task_id'] !== 'string')
    throw new PacketsFileError(`${where}, holds no packet: expected an object with a task_id, or one that has such an object as "packet".`);
  return packet;
}

function parseJson(line: string, where: string): Json {
  try {
    return JSON.parse(line) as Json; // what JSON.parse gives is Json
  } catch (cause) {
    throw new PacketsFileError(`${where}, is not JSON: ${String(cause)}. The file must be JSON Lines, gzip or not.`, { cause });
  }
}

/** Evenly from all of them, first to last: neighbours in such a file are often of one kind. */
export function pickEvenly<T>(values: readonly T[], count: number): readonly T[] {
  if (values.length <= count) return values;
  return Array.from({ length: count }, (_, at) => Math.floor((at * values.length) / count)).flatMap((at) => values.slice(at, at + 1));
}

/** The minimum packet and nothing else; a sample that has more fields is cut down to them. */
export function onlyEightFields(packet: JsonObject): JsonObject {
  return Object.fromEntries([...REQUIRED].flatMap((field) => (packet[field] === undefined ? [] : [[field, packet[field]]])));
}

/** A task of its own in this run: the same packets can be sent again and again, and none is taken for a repeat. */
export function forRun(packet: JsonObject, run: string): JsonObject {
  const key = packet['idempotency_key'];
  return { ...packet, task_id: `${String(packet['task_id'])}~${run}`, ...(key ? { idempotency_key: `${String(key)}~${run}` } : {}) };
}
