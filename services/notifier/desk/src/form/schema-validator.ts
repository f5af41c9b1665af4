import type { Json, JsonObject } from '@handoff/contracts';
import type { ErrorSchema, RJSFSchema, ValidatorType } from '@rjsf/utils';
import { checkBySchema } from './check-by-schema.js';
import { nestByPath } from './nest-by-path.js';

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

/** Faults by path, as the form wants them. */
export const errorsByPath = (faults: ReadonlyMap<string, string>): ErrorSchema<unknown> =>
  nestByPath([...faults].map(([path, fault]) => [path, { __errors: [fault] }])) as ErrorSchema<unknown>; // that is its form
