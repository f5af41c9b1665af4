import {
  isJsonObject,
  isWithinLimits,
  requestedAmount,
  type Amount,
  type DecisionType,
  type Json,
  type JsonObject,
  type Packet,
} from '@handoff/contracts';
import type { Answer } from './answer.js';
import type { Person, Right } from './rights.js';

/** A rejection and words let nothing pass. */
export const setsFree = (type: DecisionType): boolean => type !== 'reject' && type !== 'respond';

/** What an answer would set free: nothing unless something is done; after an edit what the arguments say by then. */
export function amountOf({ authority, recommended_action: { args } }: Packet, answer: Answer): Amount | null {
  const requested = requestedAmount(authority);
  if (requested === null || !setsFree(answer.type)) return null;
  return answer.type === 'edit' ? { ...requested, value: editedAmount(requested.value, args, answer.args ?? {}) } : requested;
}

/** The argument that held the amount holds it still. Where none did, the largest number that was changed may be it, so it counts. */
function editedAmount(requested: number, before: JsonObject, after: JsonObject): number {
  const [old, now] = [numbersIn(before), numbersIn(after)];
  const held = [...old].filter(([, value]) => value === requested).flatMap(([path]) => now.get(path) ?? []);
  if (held.length > 0) return Math.max(...held);
  return Math.max(requested, ...[...now].filter(([path, value]) => old.get(path) !== value).map(([, value]) => value));
}

/** Texts that are numbers count as such. */
function numbersIn(value: Json, path = ''): ReadonlyMap<string, number> {
  if (isJsonObject(value) || Array.isArray(value))
    return new Map(Object.entries(value).flatMap(([name, it]) => [...numbersIn(it as Json, `${path}/${name}`)]));
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
  return Number.isNaN(number) ? new Map() : new Map([[path, number]]);
}

/** Whether it is within a person's limits, and in words where it is not. */
export function withinAuthority({ authority }: Person, amount: Amount | null): Right {
  if (amount === null || isWithinLimits(authority, amount)) return { kind: 'may' };
  const limits = (authority ?? []).filter(({ unit }) => unit === amount.unit).map(({ up_to }) => up_to);
  const upTo = limits.length > 0 ? `up to ${Math.max(...limits)} ${amount.unit}` : `no amounts in ${amount.unit || 'no unit'}`;
  return {
    kind: 'may-not',
    because: `This is about ${amount.value} ${amount.unit}, and you may decide ${upTo}; escalate it, or reassign it.`,
  };
}
