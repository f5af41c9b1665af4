import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '@handoff/contracts';
import { REPOSITORY } from '../home.js';
import { PacketsFileError, parsePackets } from './parse-packets.js';

export const SAMPLES = join(REPOSITORY, 'deploy/local/samples/packets.jsonl');
/** Real agents' packets, beside the repository where somebody has them; never in it. */
const REAL = join(REPOSITORY, '../shared/data/tau_handoff_dev.jsonl.gz');

/** The file that was asked for, else the real packets where they are there, else the samples that ship here. */
export async function packetsFile(asked: string | null): Promise<string> {
  if (asked !== null) return asked;
  return (await stat(REAL).catch(() => null)) ? REAL : SAMPLES;
}

export async function readPackets(file: string): Promise<readonly JsonObject[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new PacketsFileError(`The packets file ${file} cannot be read: ${String(cause)}`, { cause });
  });
  const packets = parsePackets(bytes, file);
  if (packets.length === 0) throw new PacketsFileError(`The packets file ${file} is empty; it must hold at least one packet.`);
  return packets;
}
