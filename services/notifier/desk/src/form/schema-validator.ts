import type { Json, JsonObject } from '@handoff/contracts';
import type { ErrorSchema, RJSFSchema, ValidatorType } from '@rjsf/utils';
import { checkBySchema } from './check-by-schema.js';

/** For the form alone, which asks which of several shapes a value has. What is wrong is judged once, when an answer is confirmed. */
export const schemaValidator: ValidatorType<unknown> = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({}),
  isValid: (schema, value, root) => checkBySchema(within(schema, root), (value ?? null) as Json).size === 0,
};

/** A part of a schema may refer to the definitions of the whole. */
function within(schema: RJSFSchema, root: RJSFSchema): JsonObject {
  const { $defs = {}, definitions = {} } = root;
  return { $defs, definitions, ...schema } as JsonObject; // a schema is JSON
}

/** Faults by path, nested as the form wants them. */
export function errorsByPath(faults: ReadonlyMap<string, string>): ErrorSchema<unknown> {
  const errors: Nested = {};
  for (const [path, fault] of faults) {
    let at = errors;
    for (const name of path.split('.').filter(Boolean)) at = (at[name] ??= {}) as Nested;
    at.__errors = [fault];
  }
  return errors as ErrorSchema<unknown>;
}

interface Nested {
  __errors?: string[];
  [name: string]: Nested | string[] | undefined;
}
