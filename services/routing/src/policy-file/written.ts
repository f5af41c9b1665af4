import { isJsonObject, type Json } from '@handoff/contracts';

/** A file as it is judged, with what its author may leave out: the list around one value of a match, and the word `do` of an end. */
export function written(file: Json): Json {
  if (!isJsonObject(file) || !Array.isArray(file['rules'])) return file;
  return { ...file, rules: file['rules'].map((rule: Json) => (isJsonObject(rule) ? writtenRule(rule) : rule)) };
}

function writtenRule(rule: Readonly<Record<string, Json>>): Json {
  const { at_end: atEnd, match, levels } = rule;
  return {
    ...rule,
    ...(match === undefined ? {} : { match: listed(match) }),
    ...(typeof atEnd === 'string' ? { at_end: { do: atEnd } } : {}),
    ...(Array.isArray(levels) ? { levels: levels.map(writtenLevel) } : {}),
  };
}

function writtenLevel(level: Json): Json {
  if (!isJsonObject(level) || !('skip_if' in level)) return level;
  return { ...level, skip_if: listed(level['skip_if'] ?? null) };
}

const NOT_LISTS: readonly string[] = ['amount', 'off_hours'];

function listed(match: Json): Json {
  if (!isJsonObject(match)) return match;
  const asList = ([key, value]: [string, Json]): [string, Json] => [key, Array.isArray(value) || NOT_LISTS.includes(key) ? value : [value]];
  return Object.fromEntries(Object.entries(match).map(asList));
}
