import { describe, expect, it } from '@jest/globals';
import { addressOf, type Route } from './route.js';

const routeTo = (path: string): Route => ({ method: 'GET', path, service: 'routing' });

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
