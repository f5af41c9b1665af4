import { createHmac } from 'node:crypto';
import { SERVICES, type Service } from '@handoff/contracts';

/** What a service owns in Postgres: one schema, and the one role that sees it. */
export interface ServiceSchema {
  readonly service: Service;
  readonly schema: string;
  readonly role: string;
}

export const SERVICE_SCHEMAS: readonly ServiceSchema[] = SERVICES.map((service) => {
  const schema = service.replaceAll('-', '_');
  return { service, schema, role: `handoff_${schema}` };
});

/**
 * Derived, not drawn: provisioning again, or a second database on the same server, must not change the password of a role
 * that a running service uses.
 */
export function rolePassword(key: string, role: string): string {
  return createHmac('sha256', key).update(`handoff role ${role}`).digest('base64url');
}

/** The administrator's address with another user, password and database; its options (TLS) stay. */
export function roleUrl(adminUrl: string, role: string, password: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}

export function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
