import { fault, type Fault, type Json, type JsonObject } from '@handoff/contracts';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Where a value breaks a JSON Schema (2020-12), by its path. What a schema refers to outside itself is not fetched. */
export function checkBySchema(schema: JsonObject, value: Json, path: string): readonly Fault[] {
  const check = compile(schema);
  if (check === null) return [fault(path, 'bad_schema', `The schema of ${path} cannot be read, so nothing satisfies it.`)];
  return check(value) ? [] : (check.errors ?? []).map((error) => faultOf(error, path));
}

/** Whether it is one that values can be judged by. */
export const isSchema = (schema: JsonObject): boolean => compile(schema) !== null;

/** Those of templates are used again and again; any other goes with what it came in. */
const known = new WeakMap<JsonObject, ValidateFunction | null>();

function compile(schema: JsonObject): ValidateFunction | null {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const compiled = compileNew(schema);
  known.set(schema, compiled);
  return compiled;
}

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** Judges schemas by their dialect, which takes four times as long to compile as most of them do: once for all. None is ever added to it. */
const dialect = newAjv();

/** Each alone in its own, so that no stranger's `$id` is another's. One that names another dialect is judged there, and leaves nothing behind. */
function compileNew(schema: JsonObject): ValidateFunction | null {
  const isCommon = schema['$schema'] === undefined || schema['$schema'] === DIALECT;
  try {
    if (isCommon && !dialect.validateSchema(schema)) return null;
    return newAjv({ validateSchema: !isCommon }).compile(schema);
  } catch {
    return null;
  }
}

function newAjv(options: Options = {}): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: true, ...options });
  addFormats.default(ajv);
  return ajv;
}

function faultOf({ instancePath, message, params }: ErrorObject, path: string): Fault {
  const { missingProperty, additionalProperty } = params as { readonly missingProperty?: string; readonly additionalProperty?: string };
  const inside = [...instancePath.split('/').slice(1), missingProperty ?? additionalProperty].filter((step) => step !== undefined);
  const at = inside.reduce((whole, step) => (/^\d+$/.test(step) ? `${whole}[${step}]` : `${whole}.${step}`), path);
  return fault(at, missingProperty === undefined ? 'breaks_schema' : 'missing', `${at} ${message ?? 'does not fit the schema'}.`);
}
