import { fault, isJsonObject, type Fault, type Json } from '@handoff/contracts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Filled {
  readonly value: Json;
  readonly faults: readonly Fault[];
}

const PLACEHOLDER = /\$\{(\w+)\}/g;

/** The names in a text, each once. */
export function placeholdersIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []))];
}

/** `${NAME}` in any text becomes that variable. One that is not set is a fault: half an address reaches nobody. */
export function fillPlaceholders(value: Json, environment: Environment): Filled {
  const faults: Fault[] = [];
  const fill = (it: Json, path: string): Json => {
    if (typeof it === 'string') return it.replaceAll(PLACEHOLDER, (placeholder, name: string) => valueOf(name, path) ?? placeholder);
    if (Array.isArray(it)) return it.map((entry: Json, index) => fill(entry, `${path}[${index}]`));
    if (!isJsonObject(it)) return it;
    return Object.fromEntries(Object.entries(it).map(([key, entry]) => [key, fill(entry, path ? `${path}.${key}` : key)]));
  };
  const valueOf = (name: string, path: string): string | null => {
    const found = environment[name];
    if (found) return found;
    faults.push(fault(path, 'missing', `${path} names \${${name}}, which is not set in the environment.`));
    return null;
  };
  return { value: fill(value, ''), faults };
}
