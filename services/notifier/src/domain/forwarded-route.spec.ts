import { describe, expect, it } from '@jest/globals';
import { addressOf, FORWARDED, type ForwardedRoute } from './forwarded-route.js';

const routeTo = (path: string): ForwardedRoute => {
  const found = FORWARDED.find((it) => it.path === path);
  if (!found) throw new Error(`There is no ${path} any more.`);
  return found;
};

describe('where a forwarded request goes on', () => {
  it('is the same path there, with its query as it came', () => {
    expect(addressOf(routeTo('reports/sla'), {}, '?by=team,week&format=csv')).toBe('/v1/reports/sla?by=team,week&format=csv');
    expect(addressOf(routeTo('policies/:version'), { version: '7' }, '')).toBe('/v1/policies/7');
  });

  it('is never another one, whatever a parameter says', () => {
    const to = (schedule: string) => addressOf(routeTo('schedules/:schedule/overrides'), { schedule }, '');
    expect(to('../policies')).toBe('/v1/schedules/..%2Fpolicies/overrides');
    expect(to('a?b#c%2e')).toBe('/v1/schedules/a%3Fb%23c%252e/overrides');
    for (const nowhere of ['..', '.', '']) expect(to(nowhere)).toBeNull();
  });
});

it('whatever a person sends that changes something is in the audit log', () => {
  const asks = new Set(['policies/check', 'policies/diff', 'policies/test', 'delegations/preview']);
  const silent = FORWARDED.filter(({ method, path, change }) => method !== 'GET' && !change && !asks.has(path));
  expect(silent).toEqual([]);
  expect(FORWARDED.filter(({ method, change }) => method === 'GET' && change)).toEqual([]);
});
