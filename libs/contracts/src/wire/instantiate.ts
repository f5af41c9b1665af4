import type { ClassConstructor } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { isJsonObject, type JsonObject } from '../json.js';

/**
 * `value` as an instance of `type`, with the objects inside it that `@Type` names as instances of theirs; free JSON stays
 * as it is. plainToInstance of class-transformer copies free JSON too, and there it loses every key named "constructor",
 * or calls the value of it.
 */
export function instantiate<T extends object>(type: ClassConstructor<T>, value: JsonObject): T {
  const types = nestedTypes(type);
  const instance = new type() as Record<string, unknown>;
  for (const [key, field] of Object.entries(value)) {
    if (UNSAFE.has(key)) continue;
    const nested = types(key);
    instance[key] = nested ? instantiateNested(nested, field) : field;
  }
  return instance as T;
}

/** On an instance these would change what it is. A packet's own unknown keys are kept in `extra`, as free JSON. */
const UNSAFE: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

function instantiateNested(type: ClassConstructor<object>, field: unknown): unknown {
  // Lists in lists too, although no field has them: class-validator descends into whatever it is given.
  if (Array.isArray(field)) return field.map((it: unknown) => instantiateNested(type, it));
  return isJsonObject(field) ? instantiate(type, field) : field;
}

type TypeOfField = (field: string) => ClassConstructor<object> | null;
const known = new WeakMap<object, TypeOfField>();

/** Looked up once per class and declared field; the fields of a class do not change. */
function nestedTypes(type: ClassConstructor<object>): TypeOfField {
  const cached = known.get(type);
  if (cached) return cached;
  const fields = new Map(Object.keys(new type()).map((field) => [field, declaredType(type, field)]));
  const lookup: TypeOfField = (field) => fields.get(field) ?? null;
  known.set(type, lookup);
  return lookup;
}

function declaredType(type: ClassConstructor<object>, field: string): ClassConstructor<object> | null {
  const declared = defaultMetadataStorage.findTypeMetadata(type, field)?.typeFunction;
  return declared ? (declared() as ClassConstructor<object>) : null;
}
