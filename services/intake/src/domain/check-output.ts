import { fault, type Fault, type Json, type JsonObject } from '@handoff/contracts';
import { checkBySchema } from './check-by-schema.js';

/** What is wrong with what was made, by the schema that the delegation gave. */
export function checkOutput(schema: JsonObject | undefined, output: Json | undefined): readonly Fault[] {
  if (schema === undefined) return [];
  if (output === undefined) return [fault('output', 'missing', 'output is missing; the delegation says what form it must have.')];
  return checkBySchema(schema, output, 'output');
}
