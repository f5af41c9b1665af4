import type { Packet } from '../packet/packet.js';
import { maskJson, type Masked } from './mask-json.js';

/**
 * The packet as it leaves intake, and where it was masked. Its task's and agent's names stay: records are joined by them, so intake
 * refuses those that are a secret.
 */
export function maskPacket(packet: Packet): Masked<Packet> {
  const masked = maskJson(packet);
  if (masked.paths.length === 0) return masked;
  const { task_id, agent } = packet;
  return {
    value: { ...masked.value, task_id, ...(agent ? { agent } : {}) },
    paths: masked.paths.filter((path) => path !== '/task_id' && !path.startsWith('/agent/')),
  };
}
