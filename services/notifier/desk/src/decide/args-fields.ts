import type { Json, JsonObject } from '@handoff/contracts';
import { typeOf, type JsonType } from '../json/describe-json.js';

export interface ArgField {
  readonly name: string;
  readonly type: JsonType;
  readonly original: Json;
  /** The original as it stands in its field. */
  readonly text: string;
}

export type ReadArgs =
  | { readonly kind: 'ok'; readonly args: JsonObject; readonly changed: readonly string[] }
  | { readonly kind: 'faults'; readonly faults: ReadonlyMap<string, string> };

/** One field per argument, which keeps its argument's type. */
export const fieldsOf = (args: JsonObject): readonly ArgField[] =>
  Object.entries(args).map(([name, original]) => ({ name, type: typeOf(original), original, text: writeArg(original) }));

const writeArg = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** The arguments as edited. One that was not touched stays the very value it was: a text field would alter its line ends. */
export function readArgs(fields: readonly ArgField[], edited: ReadonlyMap<string, string>): ReadArgs {
  const faults = new Map<string, string>();
  const changed: string[] = [];
  const entries = fields.map((field): readonly [string, Json] => {
    const text = edited.get(field.name);
    if (text === undefined || text === field.text) return [field.name, field.original];
    const read = readArg(field.type, text);
    if (read.kind === 'fault') faults.set(field.name, read.message);
    else changed.push(field.name);
    return [field.name, read.kind === 'fault' ? field.original : read.value];
  });
  return faults.size > 0 ? { kind: 'faults', faults } : { kind: 'ok', args: Object.fromEntries(entries), changed };
}

type ReadArg = { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'fault'; readonly message: string };

const value = (read: Json): ReadArg => ({ kind: 'value', value: read });
const fault = (message: string): ReadArg => ({ kind: 'fault', message });

function readArg(type: JsonType, text: string): ReadArg {
  switch (type) {
    case 'string':
      return value(text);
    case 'number':
      return readNumber(text.trim());
    case 'boolean':
      return text === 'true' || text === 'false' ? value(text === 'true') : fault('Choose true or false.');
    default:
      return readJson(type, text);
  }
}

/** No longer what was typed. */
export const isRounded = (read: number): boolean => Number.isInteger(read) && !Number.isSafeInteger(read);
export const TOO_MANY_DIGITS = 'This number has more digits than can be kept exactly.';
export const NUMBER_WANTED = 'Enter a number with a point for decimals, for example 12 or 0.5.';
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;

function readNumber(text: string): ReadArg {
  const read = Number(text);
  if (!NUMBER.test(text) || !Number.isFinite(read)) return fault(NUMBER_WANTED);
  if (isRounded(read)) return fault(TOO_MANY_DIGITS);
  return value(read);
}

function readJson(type: JsonType, text: string): ReadArg {
  let read: Json;
  try {
    read = JSON.parse(text) as Json; // what JSON.parse returns is Json by definition
  } catch (error) {
    return fault(`This is not valid JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
  if (type === 'null' || typeOf(read) === type) return value(read);
  return fault(type === 'list' ? 'Keep this a list: [ … ].' : 'Keep this an object: { … }.');
}

/** Edits that still mean what they meant: those of arguments that a new packet version left as they were. */
export function carryEdits(edits: ReadonlyMap<string, string>, before: JsonObject, after: JsonObject): ReadonlyMap<string, string> {
  const same = (name: string) => Object.hasOwn(after, name) && JSON.stringify(before[name]) === JSON.stringify(after[name]);
  return new Map([...edits].filter(([name]) => same(name)));
}

/** The argument that a server's path like `args.amount` or `args.items[0].id` is about, where there is one. */
export function argumentOf(path: string, names: readonly string[]): string | null {
  const inArgs = path.replace(/^args\.?/, '');
  if (inArgs === path) return null;
  const owners = names.filter((name) => inArgs === name || inArgs.startsWith(`${name}.`) || inArgs.startsWith(`${name}[`));
  return owners.sort((a, b) => b.length - a.length)[0] ?? null; // a name may itself hold dots
}
