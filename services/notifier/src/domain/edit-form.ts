import { fault, ok, refuse, type Fault, type Json, type JsonObject, type Result } from '@handoff/contracts';

/** One argument as a field of a form that knows texts alone: what it is read back as is what it was. */
export interface FormField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'json';
  readonly value: string;
}

export const formFor = (args: JsonObject): readonly FormField[] => Object.entries(args).map(([name, value]) => fieldFor(name, value));

function fieldFor(name: string, value: Json): FormField {
  switch (typeof value) {
    case 'string':
      return { name, kind: 'text', value };
    case 'number':
      return { name, kind: 'number', value: String(value) };
    case 'boolean':
      return { name, kind: 'boolean', value: String(value) };
    default:
      return { name, kind: 'json', value: JSON.stringify(value, null, 1) };
  }
}

/** All the arguments as they were written; whether they fit the action is judged with the answer. */
export function readForm(fields: readonly FormField[], written: ReadonlyMap<string, string>): Result<JsonObject> {
  const read = fields.map((field) => ({ name: field.name, value: readField(field, written.get(field.name) ?? '') }));
  const faults = read.flatMap(({ value }) => (value.kind === 'faults' ? value.faults : []));
  if (faults.length > 0) return refuse(...faults);
  return ok(Object.fromEntries(read.map(({ name, value }) => [name, value.kind === 'ok' ? value.value : null])));
}

function readField({ name, kind }: FormField, text: string): Result<Json> {
  if (kind === 'text') return ok(text);
  const value = parsed(text);
  const isRight = value !== undefined && (kind === 'json' || typeof value === kind);
  return isRight ? ok(value) : refuse(wrong(name, kind));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

const wrong = (name: string, kind: string): Fault =>
  fault(`args.${name}`, 'wrong_type', kind === 'json' ? `${name} must be JSON.` : `${name} must stay a ${kind}.`);
