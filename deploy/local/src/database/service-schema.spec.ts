import { describe, expect, it } from '@jest/globals';
import { roleUrl, rolePassword, SERVICE_SCHEMAS } from './service-schema.js';

describe('a service’s schema', () => {
  it('is named after the service, as Postgres writes names', () => {
    expect(SERVICE_SCHEMAS.map(({ schema }) => schema)).toEqual(['intake', 'routing', 'sla_monitor', 'notifier', 'feedback']);
    expect(SERVICE_SCHEMAS.find(({ service }) => service === 'sla-monitor')?.role).toBe('handoff_sla_monitor');
  });

  it('has a password that is the same each time, and another one for each role and key', () => {
    expect(rolePassword('key', 'a')).toBe(rolePassword('key', 'a'));
    expect(new Set([rolePassword('key', 'a'), rolePassword('key', 'b'), rolePassword('other', 'a')]).size).toBe(3);
  });

  it('keeps the server and the TLS options of the administrator’s address', () => {
    expect(roleUrl('postgres://admin:a%40b@db:6432/postgres?sslmode=require', 'handoff_intake', 'p/w', 'handoff')).toBe(
      'postgres://handoff_intake:p%2Fw@db:6432/handoff?sslmode=require',
    );
  });
});
