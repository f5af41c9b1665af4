import type { Json, JsonObject } from '@handoff/contracts';

export type JsonType = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'list';

export function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  // typeof leaves only these four for a JSON value that is neither null nor a list
  return typeof value as 'string' | 'number' | 'boolean' | 'object';
}

/** What is inside, in a few words, for the line that unfolds it. */
export function describeJson(value: Json): string {
  const count = (many: number, one: string, more: string) => (many === 0 ? 'empty' : `${many} ${many === 1 ? one : more}`);
  const entries = childrenOf(value).length;
  switch (typeOf(value)) {
    case 'list':
      return `list, ${count(entries, 'item', 'items')}`;
    case 'object':
      return `object, ${count(entries, 'field', 'fields')}`;
    default:
      return typeOf(value);
  }
}

/** Entries of an object or list, the latter named by position. Empty for everything else. */
export function childrenOf(value: Json): readonly (readonly [name: string, child: Json])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** One line of compact JSON, cut where it gets long; strings stay as they are. */
export function previewJson(value: Json, characters = 120): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > characters ? `${text.slice(0, characters)}…` : text;
}

export const isObject = (value: Json): value is JsonObject => typeOf(value) === 'object';
