import { expect, it } from '@jest/globals';
import { firstOfEach } from './first-of-each.js';

it('keeps the first of those that share a key, in order', () => {
  expect([...firstOfEach(['b1', 'a1', 'b2', 'a2', 'c1'], (it) => it.slice(0, 1)).values()]).toEqual(['b1', 'a1', 'c1']);
});
