import { STATUS_CODES } from 'node:http';

const JSON_TYPE = /[/+]json$/;
const TEXT = { type: 'string' };
const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/**
 * How a handler answers: under each of its statuses, in each of its media types.
 * @param answer the schema of what it returns or writes; null where that is nothing
 * @param media what its source says of media types
 * @param isAnyStatus whether it says by itself, in the same form, what is wrong
 */
export function responsesOf({ statuses, media, answer, isStream, isAnyStatus }) {
  const types = [...new Set(media.map((it) => it.split(';')[0]))];
  const content = isStream ? { 'text/event-stream': { schema: TEXT } } : contentOf(types, answer);
  return {
    ...Object.fromEntries(statuses.map((status) => [status, responseOf(status, content)])),
    default: { description: 'What is wrong.', content: isAnyStatus ? { ...content, ...PROBLEM } : PROBLEM },
  };
}

const responseOf = (status, content) => ({
  description: STATUS_CODES[status],
  ...(status < 300 && Object.keys(content).length > 0 ? { content } : {}),
});

function contentOf(types, answer) {
  if (answer === null) return Object.fromEntries(types.map((type) => [type, { schema: TEXT }]));
  const ways = answer.anyOf ?? [answer];
  const isBare = (way) => way.format === 'binary' || (way.type === 'string' && !way.enum);
  const [bare] = ways.filter(isBare);
  const others = ways.filter((way) => !isBare(way));
  return {
    ...(others.length > 0 ? { [types.find((it) => JSON_TYPE.test(it)) ?? 'application/json']: { schema: anyOf(others) } } : {}),
    ...(bare ? asItIs(others.length > 0 ? types.filter((it) => !JSON_TYPE.test(it)) : types, bare) : {}),
  };
}

/** Text and bytes under the types that are said of them; JSON among them is any. */
const asItIs = (types, schema) =>
  Object.fromEntries((types.length > 0 ? types : ['text/plain']).map((type) => [type, { schema: JSON_TYPE.test(type) ? {} : schema }]));

const anyOf = (ways) => (ways.length === 1 ? ways[0] : { anyOf: ways });
