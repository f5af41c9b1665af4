import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import type { Json, JsonObject } from '@handoff/contracts';
import { isRounded, NUMBER_WANTED, TOO_MANY_DIGITS } from '../decide/args-fields.js';

/** Said of a whole because of a part, for which it is said as well. */
const OF_A_PART = [
  'properties',
  'items',
  'prefixItems',
  'additionalProperties',
  'patternProperties',
  'allOf',
  '$ref',
  'then',
  'else',
  'if',
];
const WANTED: Readonly<Record<string, string>> = {
  number: NUMBER_WANTED,
  integer: 'Enter a whole number.',
  string: 'Enter a text.',
  boolean: 'Choose true or false.',
};
const EXPECTED = /Expected "(\w+)"\.$/;
const MISSING = /required property "(.*)"\.$/s;

/**
 * What is wrong with a value by an agent's schema, by the path of the part (`items.0.id`; empty for the whole). The schema is interpreted,
 * as the page's policy lets no code be made from text. One that is no schema cannot judge; the server judges again anyway.
 */
export function checkBySchema(schema: JsonObject, value: Json): ReadonlyMap<string, string> {
  try {
    const { errors } = new Validator(schema as Schema, '2020-12', false).validate(value);
    return new Map(
      errors
        .filter(({ keyword }) => !OF_A_PART.includes(keyword))
        .map((it) => [pathOf(it), wordsOf(it)])
        .toReversed() as [string, string][],
    );
  } catch {
    return new Map();
  }
}

function pathOf({ instanceLocation, keyword, error }: OutputUnit): string {
  const named = keyword === 'required' ? MISSING.exec(error)?.[1] : undefined;
  const parts = instanceLocation.split('/').slice(1).map(decodePart);
  return [...parts, ...(named === undefined ? [] : [named])].join('.');
}

const decodePart = (part: string): string => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');

function wordsOf({ keyword, error }: OutputUnit): string {
  if (keyword === 'required') return 'This is missing.';
  if (keyword === 'type') return WANTED[EXPECTED.exec(error)?.[1] ?? ''] ?? error;
  return keyword === 'false' ? 'This is not expected here.' : error;
}

/** Numbers that are no longer what was typed, by their paths: a form reads them before anybody can judge them. */
export function roundedNumbers(value: Json, path: readonly (string | number)[] = []): readonly (readonly [string, string])[] {
  if (typeof value === 'number') return isRounded(value) ? [[path.join('.'), TOO_MANY_DIGITS]] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => roundedNumbers(part as Json, [...path, name])); // a part of JSON is JSON
}
