import { isJsonObject, type Json, type JsonObject } from '@handoff/contracts';

/** What agents wrote, read without trust: another kind of value counts as none. */
export const textIn = (object: JsonObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};

export const numberIn = (object: JsonObject, name: string): number | null => {
  const value = object[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

export const objectIn = (object: JsonObject, name: string): JsonObject => {
  const value = object[name];
  return isJsonObject(value) ? value : {};
};

export const objectsIn = (object: JsonObject, name: string): readonly JsonObject[] => {
  const value = object[name];
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : []; // Array.isArray forgets readonly
};
