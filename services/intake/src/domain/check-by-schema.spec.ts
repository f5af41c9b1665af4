import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@handoff/contracts';
import { checkBySchema, isSchema } from './check-by-schema.js';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const codes = (schema: JsonObject, value: JsonObject) => checkBySchema(schema, value, 'output').map(({ code }) => code);
const needs = (field: string, over: JsonObject = {}): JsonObject => ({ type: 'object', required: [field], ...over });

describe('schemas of strangers', () => {
  it('may have one `$id`, and each judges what is its own', () => {
    const [ours, theirs] = [needs('total', { $id: 'https://example.test/order' }), needs('count', { $id: 'https://example.test/order' })];
    expect([codes(ours, { total: 1 }), codes(theirs, { total: 1 }), codes(ours, { count: 1 })]).toEqual([[], ['missing'], ['missing']]);
  });

  it('do not reach each other, nor what they are judged by', () => {
    expect(codes(needs('total', { $id: 'https://example.test/known' }), { total: 1 })).toEqual([]);
    expect(codes({ $ref: 'https://example.test/known' }, {})).toEqual(['bad_schema']);
    expect(isSchema({ $id: DIALECT, type: 'object' })).toBe(false);
    expect(isSchema({ $schema: DIALECT, type: 'nonsense' })).toBe(false);
    expect(isSchema({ $schema: 'https://example.test/known', type: 'object' })).toBe(false);
  });

  it.each<[string, JsonObject, boolean]>([
    ['of the dialect that is meant where none is named', { properties: { at: { type: 'string' } } }, true],
    ['of the dialect by its name', { $schema: DIALECT, type: 'object' }, true],
    ['that refer to the dialect', { $ref: DIALECT }, true],
    ['of a part of it', { $schema: `${DIALECT}#/$defs/uriString`, type: 'object' }, false],
    ['of a dialect that is not known', { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' }, false],
    ['with a `$schema` that is none', { $schema: 4 }, false],
    ['with a type that there is not', { properties: { at: { type: 'text' } } }, false],
    ['with an expression that cannot be read', { pattern: '(' }, false],
  ])('%s are readable as ever', (_, schema, isReadable) => {
    expect(isSchema(schema)).toBe(isReadable);
  });
});
