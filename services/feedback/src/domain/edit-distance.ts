import { isJsonObject, type Action, type Json } from '@handoff/contracts';

/** Share of the leaf arguments that an edit changed, added or took away, 0 to 1. Another tool is another action altogether. */
export function editDistance(recommended: Action, effective: Action): number {
  if (recommended.name !== effective.name || recommended.kind !== effective.kind) return 1;
  const before = new Map(leavesOf(recommended.args));
  const after = new Map(leavesOf(effective.args));
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const changed = paths.filter((path) => before.get(path) !== after.get(path));
  return paths.length === 0 ? 0 : changed.length / paths.length;
}

type Leaf = readonly [path: string, value: string];

/** Every value that holds no others, as JSON under its path: the number 1 is not the text "1", and {} is not []. */
function leavesOf(value: Json, path = ''): readonly Leaf[] {
  const inner = childrenOf(value);
  if (inner.length > 0) return inner.flatMap(([key, child]) => leavesOf(child, `${path}/${escape(key)}`));
  return path === '' ? [] : [[path, JSON.stringify(value)]]; // no arguments at all are no leaf
}

function childrenOf(value: Json): readonly (readonly [string, Json])[] {
  if (isJsonObject(value)) return Object.entries(value);
  return Array.isArray(value) ? value.map((item: Json, index) => [String(index), item] as const) : [];
}

/** As in a JSON pointer (RFC 6901), so that no key can look like two. */
const escape = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
