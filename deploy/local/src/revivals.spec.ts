import { expect, it } from '@jest/globals';
import { Revivals } from './revivals.js';

it('starts a service again three times a minute, each service for itself', () => {
  const revivals = new Revivals();
  expect([0, 1, 2, 3].map((second) => revivals.mayTry('intake', second * 1000))).toEqual([true, true, true, false]);
  expect(revivals.mayTry('routing', 4000)).toBe(true);
  expect(revivals.mayTry('intake', 120_000)).toBe(true);
});
