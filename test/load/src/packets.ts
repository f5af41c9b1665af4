import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SAMPLES } from '@handoff/local';
import type { JsonObject } from '@handoff/contracts';

const BYTES = 2048;
const SPREAD = 600;

/** Our samples near 2 KB: what an agent sends, in several forms, from 1.4 to 2.6 KB. */
export function samplePackets(): readonly JsonObject[] {
  const lines = readFileSync(SAMPLES, 'utf8').trim().split('\n');
  return lines.filter((line) => Math.abs(Buffer.byteLength(line) - BYTES) <= SPREAD).map((line) => JSON.parse(line) as JsonObject); // our own file
}

/** Packets without end, each a task of its own, so that none is taken for a repeat. */
export class PacketSource {
  private readonly run = randomBytes(4).toString('hex');
  private readonly packets = samplePackets();
  private count = 0;

  next(): { readonly taskId: string; readonly value: string } {
    const packet = this.packets[this.count % this.packets.length] ?? {};
    const taskId = `bench-${this.run}-${++this.count}`;
    return {
      taskId,
      value: JSON.stringify({ ...packet, task_id: taskId, ...(packet['idempotency_key'] ? { idempotency_key: taskId } : {}) }),
    };
  }
}

/** The same packet for every limit: exactly 2 KB. */
export function limitPacket(): string {
  const packet = JSON.stringify(samplePackets()[0]);
  return packet.length >= BYTES ? packet.slice(0, BYTES) : packet.padEnd(BYTES, ' ');
}
