import { fault, type Fault } from '@handoff/contracts';

/**
 * A misspelt setting would silently be its default, so every key that means nothing is refused.
 * @param entry of a class that a policy file is made of, as is every object inside it
 */
export function unknownKeys(entry: object, path = ''): readonly Fault[] {
  const known = Object.keys(new (entry.constructor as new () => object)()); // a fresh instance has every declared field, set or not
  const fields = Object.entries(entry).map(([key, value]: [string, unknown]) => ({ key, at: path ? `${path}.${key}` : key, value }));
  return [
    ...fields
      .filter(({ key }) => !known.includes(key))
      .map(({ at }) => fault(at, 'not_allowed_value', `${at} means nothing here; known are ${known.join(', ')}.`)),
    ...fields.filter(({ key }) => known.includes(key)).flatMap(({ at, value }) => inside(at, value)),
  ];
}

function inside(at: string, value: unknown): readonly Fault[] {
  if (Array.isArray(value)) return value.flatMap((it: unknown, i) => inside(`${at}[${i}]`, it));
  return typeof value === 'object' && value !== null ? unknownKeys(value, at) : [];
}
