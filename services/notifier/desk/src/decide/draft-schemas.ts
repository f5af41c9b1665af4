import type { Json, JsonObject, Packet } from '@handoff/contracts';
import { isObject } from '../json/describe-json.js';

const SHAPES = ['type', 'enum', 'const', 'oneOf', 'anyOf', 'allOf', '$ref'];

/** The agent's schema of its arguments, where it says of each one what it is; a form made of less would leave some of them out. */
export function argsSchemaOf({ args_schema: schema, recommended_action: { args } }: Packet): JsonObject | null {
  const described = schema?.['properties'] ?? null;
  return schema && isObject(described) && Object.keys(args).every((name) => hasShape(described[name] ?? null)) ? schema : null;
}

const hasShape = (part: Json): boolean => isObject(part) && SHAPES.some((shape) => part[shape] !== undefined);

/** The agent's schema of a response, where it has one. */
export const responseSchemaOf = ({ response_schema: schema }: Packet): JsonObject | null => (schema && hasShape(schema) ? schema : null);
