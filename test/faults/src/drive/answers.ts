import { isJsonObject, type JsonObject } from '@handoff/contracts';
import type { Random } from '../random.js';

const TYPES = ['approve', 'edit', 'reject', 'respond', 'take_over'] as const;

/**
 * An answer that the desk must take: of what it allows here, one by chance; where several must agree, what they would agree on.
 * @param wanted the type, where the plan has one
 */
export function drawAnswer(detail: JsonObject, random: Random, wanted?: string): JsonObject {
  const allowed = Array.isArray(detail['allowed_decisions']) ? detail['allowed_decisions'] : [];
  const edited = editedArgs(detail);
  const possible = TYPES.filter((type) => allowed.includes(type) && (type !== 'edit' || edited !== null));
  const agreed = possible.includes('approve') ? 'approve' : 'reject';
  const type = wanted ?? (Number(detail['answers_needed'] ?? 1) > 1 ? agreed : possible.length > 0 ? random.pick(possible) : 'respond');
  const answer = { type, packet_version: detail['packet_version'] ?? 1 };
  if (type === 'approve') return answer;
  return { ...answer, message: `Seen, ${type}.`, ...(type === 'edit' && edited ? { args: edited } : {}) };
}

/** The whole arguments again with one text changed; null where there is none, or where a schema might forbid it. */
function editedArgs({ packet }: JsonObject): JsonObject | null {
  if (!isJsonObject(packet) || packet['args_schema'] || !isJsonObject(packet['recommended_action'])) return null;
  const { kind, args } = packet['recommended_action'];
  if (kind !== 'tool_call' || !isJsonObject(args)) return null;
  const [name, text] = Object.entries(args).find(([, value]) => typeof value === 'string' && value.length < 200) ?? [];
  return name === undefined ? null : { ...args, [name]: `${String(text)} (checked)` };
}
