import { isJsonObject, type Json, type JsonObject } from '../json.js';

type Entries = readonly (readonly [key: string, value: Json])[];

/** Unknown keys, joined to those that are kept already; a value of the agent's own that is called "extra" is one of them. */
export function withExtra(kept: Json | undefined, unknown: Entries): { readonly extra?: JsonObject } {
  const before: Entries = isJsonObject(kept) ? Object.entries(kept) : kept === undefined || kept === null ? [] : [['extra', kept]];
  return before.length + unknown.length > 0 ? { extra: Object.fromEntries([...before, ...unknown]) } : {};
}
