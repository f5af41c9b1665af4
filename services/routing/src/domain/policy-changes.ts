import diff from 'microdiff';
import type { Policy } from './policy.js';

export interface PolicyChange {
  /** `rules.fraud.levels.0.decideWithin`: entries with an id go by it, so that a new one moves no other. */
  readonly path: string;
  /** Null: it was not there. */
  readonly before: unknown;
  /** Null: it is not there any more. */
  readonly after: unknown;
}

/** What a policy would change of another, in the order of the newer one. */
export function policyChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  return diff(named(before), named(after)).map((change) => ({
    path: change.path.join('.'),
    before: change.type === 'CREATE' ? null : (change.oldValue as unknown),
    after: change.type === 'REMOVE' ? null : (change.value as unknown),
  }));
}

function named({ rules, catchAll, ...policy }: Policy): Record<string, unknown> {
  return byId({ ...policy, rules: [...rules, catchAll], order: [...rules, catchAll].map(({ id }) => id) }) as Record<string, unknown>;
}

function byId(value: unknown): unknown {
  if (Array.isArray(value)) return value.every(hasId) && value.length > 0 ? byName(value) : value.map(byId);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, byId(it)]));
}

const byName = (entries: readonly { readonly id: string }[]): Record<string, unknown> =>
  Object.fromEntries(entries.map((entry) => [entry.id, byId(entry)]));

const hasId = (value: unknown): value is { readonly id: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
