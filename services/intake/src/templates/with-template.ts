import { fault, isJsonObject, ok, refuse, type Fault, type Json, type JsonObject, type Result } from '@handoff/contracts';
import { checkBySchema } from '../domain/check-by-schema.js';
import type { Template } from './template.js';

/** Finds a version of a template; without a version, the newest. */
export type FindTemplate = (id: string, version: number | null) => Template | null;

/**
 * A delegation with what its template says and it leaves out; its own words stand. What names no template is as it was.
 * @returns or why its inputs cannot be filled in, by their paths
 */
export function withTemplate(sent: Json, find: FindTemplate): Result<Json> {
  const use = isJsonObject(sent) ? (sent['template'] ?? null) : null;
  if (!isJsonObject(sent) || !isJsonObject(use)) return ok(sent); // what is no template is told with the other faults
  const { id, version = null, inputs = {} } = use;
  if (typeof id !== 'string') return ok(sent);
  const template = find(id, typeof version === 'number' ? version : null);
  if (!template) return refuse(unknown(id, version));
  const faults = checkBySchema(template.inputs, inputs, 'template.inputs');
  if (faults.length > 0) return refuse(...faults);
  const values = { ...defaultsIn(template.inputs), ...(isJsonObject(inputs) ? inputs : {}) };
  const used = { id: template.id, version: template.version, inputs: values };
  return ok({ ...(fill(fieldsOf(template), values) as JsonObject), ...sent, template: used }); // an object stays one
}

const unknown = (id: string, version: Json): Fault =>
  fault(
    'template.id',
    'unknown_template',
    `There is no template "${id}"${version === null ? '' : ` of version ${JSON.stringify(version)}`}.`,
  );

/** The context may be left out too: then the inputs are all there is to know. */
function fieldsOf({
  goal,
  success_criteria,
  constraints,
  decision_rights,
  escalate_when,
  output_schema,
  urgency,
  capability,
  about,
}: Template): JsonObject {
  const fields = { goal, success_criteria, constraints, decision_rights, escalate_when, output_schema, urgency };
  const said = Object.entries({ ...fields, context: about, ...(capability === undefined ? {} : { agent_target: { capability } }) });
  return JSON.parse(JSON.stringify(Object.fromEntries(said))) as JsonObject; // of classes made of JSON alone
}

function defaultsIn({ properties }: JsonObject): JsonObject {
  const named = isJsonObject(properties ?? null) ? Object.entries(properties as JsonObject) : [];
  return Object.fromEntries(
    named.flatMap(([name, it]) => (isJsonObject(it) && it['default'] !== undefined ? [[name, it['default']]] : [])),
  );
}

/** Schemas are no words: what stands in them is left as it is. */
function fill(value: Json, values: JsonObject, key = ''): Json {
  if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => wordsOf(values[name]));
  if (Array.isArray(value)) return value.map((it: Json) => fill(it, values));
  if (!isJsonObject(value) || key === 'output_schema') return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, fill(it, values, name)]));
}

function wordsOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '(not said)';
  if (Array.isArray(value)) return value.map((it: Json) => wordsOf(it)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
