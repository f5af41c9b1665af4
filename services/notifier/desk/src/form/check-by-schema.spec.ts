import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@handoff/contracts';
import { checkBySchema } from './check-by-schema.js';

const schema = {
  type: 'object',
  required: ['amount', 'to'],
  additionalProperties: false,
  properties: {
    amount: { type: 'number', maximum: 50 },
    to: { type: 'string' },
    items: { type: 'array', items: { $ref: '#/$defs/item' } },
  },
  $defs: { item: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } },
};

describe('a value held against an agent’s schema', () => {
  it('has each fault at the part that it is of', () => {
    const faults = checkBySchema(schema, { amount: 90, items: [{ id: 'a' }, {}, { id: 3 }], other: 1 });
    expect(Object.fromEntries(faults)).toEqual({
      amount: '90 is greater than 50.',
      to: 'This is missing.',
      'items.1.id': 'This is missing.',
      'items.2.id': 'Enter a text.',
      other: 'This is not expected here.',
    });
  });

  it('has none where it fits', () => {
    expect(checkBySchema(schema, { amount: 50, to: 'ana' }).size).toBe(0);
  });

  it('is not judged by what is no schema', () => {
    const broken: readonly JsonObject[] = [{ $ref: '#/nowhere' }, { type: 'object', properties: { a: { pattern: '(' } } }];
    for (const none of broken) expect(checkBySchema(none, { a: 'x' }).size).toBe(0);
  });
});
