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
  private count = 0;

  constructor(
    private readonly prefix: string,
    private readonly packetOf: (taskId: string, count: number) => JsonObject,
  ) {}

  next(): { readonly taskId: string; readonly value: string } {
    const taskId = `${this.prefix}-${this.run}-${++this.count}`;
    return { taskId, value: JSON.stringify(this.packetOf(taskId, this.count)) };
  }
}

export function escalations(): PacketSource {
  const packets = samplePackets();
  return new PacketSource('bench', (taskId, count) => {
    const packet = packets[(count - 1) % packets.length] ?? {};
    return { ...packet, task_id: taskId, ...(packet['idempotency_key'] ? { idempotency_key: taskId } : {}) };
  });
}

/** Of about the same size, for the agent that the bench plays. */
export function delegations(): PacketSource {
  const context = JSON.stringify(samplePackets()[0] ?? {});
  return new PacketSource('bench-given', (taskId) => ({
    task_id: taskId,
    goal: 'Say whether this can be paid back.',
    success_criteria: [{ id: CRITERION, text: 'A sum and a reason are given', check: 'read them' }],
    constraints: [{ kind: 'must_not', text: 'pay anything' }],
    context,
    agent_target: WORKER,
  }));
}

/** What an agent passes on to the one that the bench plays. */
export function transfers(): PacketSource {
  const state = samplePackets()[0] ?? {};
  return new PacketSource('bench-passed', (taskId) => ({
    task_id: taskId,
    from: 'bench-sender',
    to: WORKER,
    goal: 'Say whether this can be paid back.',
    results: ['The order was found.'],
    provenance: [{ result_id: '1', source: 'https://orders.example/4711' }],
    accumulated_state: { schema_id: 'bench/order/1', value: state },
    remaining: ['Look at the photo.'],
    decisions: [],
    constraints: [],
  }));
}

export const WORKER = 'bench-worker';
const CRITERION = 'answer';
export const DELIVERY = {
  summary: 'It can be paid back.',
  output: { sum: 12.5, reason: 'It arrived broken.' },
  criteria: [{ criterion_id: CRITERION, met: true, evidence: ['https://orders.example/4711'] }],
} as const;

/** The same packet for every limit: exactly 2 KB. */
export function limitPacket(): string {
  const packet = JSON.stringify(samplePackets()[0]);
  return packet.length >= BYTES ? packet.slice(0, BYTES) : packet.padEnd(BYTES, ' ');
}
