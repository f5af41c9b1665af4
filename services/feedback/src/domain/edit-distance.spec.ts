import { describe, expect, it } from '@jest/globals';
import type { Action, JsonObject } from '@handoff/contracts';
import { editDistance } from './edit-distance.js';

const refund = (args: JsonObject, name = 'refund'): Action => ({ kind: 'tool_call', name, args });

describe('the edit distance', () => {
  it.each<[string, JsonObject, JsonObject, number]>([
    ['nothing when nothing changed', { order: '4711', amount: 10 }, { amount: 10, order: '4711' }, 0],
    ['nothing between no arguments and none', {}, {}, 0],
    ['half when one of two changed', { order: '4711', amount: 10 }, { order: '4711', amount: 8 }, 0.5],
    ['everything when all changed', { amount: 10 }, { amount: 8 }, 1],
    ['an argument that was added', { amount: 10 }, { amount: 10, note: 'x' }, 0.5],
    ['an argument that was taken away', { amount: 10, note: 'x' }, { amount: 10 }, 0.5],
    ['leaves, however deep they are', { to: { city: 'Bonn', zip: '1' }, a: 1, b: 2 }, { to: { city: 'Bonn', zip: '2' }, a: 1, b: 2 }, 0.25],
    ['items of lists by their place', { items: [1, 2, 3, 4] }, { items: [1, 2, 3, 5] }, 0.25],
    ['a number that became a text', { amount: 1, order: '1' }, { amount: '1', order: '1' }, 0.5],
    ['an empty object that became an empty list', { tags: {} }, { tags: [] }, 1],
    ['keys that look like paths apart from paths', { 'a/b': 1 }, { a: { b: 1 } }, 1],
  ])('counts %s', (_what, before, after, expected) => {
    expect(editDistance(refund(before), refund(after))).toBe(expected);
  });

  it('is whole where another tool is called with the same arguments', () => {
    expect(editDistance(refund({ order: '1' }), refund({ order: '1' }, 'cancel'))).toBe(1);
  });
});
