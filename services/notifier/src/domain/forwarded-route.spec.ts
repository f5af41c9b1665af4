import { expect, it } from '@jest/globals';
import { FORWARDED } from './forwarded-route.js';

it('whatever a person sends that changes something is in the audit log', () => {
  const asks = new Set(['policies/check', 'policies/diff', 'policies/test', 'delegations/preview']);
  const silent = FORWARDED.filter(({ method, path, change }) => method !== 'GET' && !change && !asks.has(path));
  expect(silent).toEqual([]);
  expect(FORWARDED.filter(({ method, change }) => method === 'GET' && change)).toEqual([]);
});
