import { DEFAULT_TENANT, newId, sha256, type Address, type DirectoryEntry, type PersonId, type TeamId } from '@handoff/contracts';
import type { TestService } from './test-service.js';

/** A responder of the team `support`, as routing tells of her. */
export function aPerson(subject: string, addresses: readonly Address[] = [], over: Partial<DirectoryEntry> = {}): DirectoryEntry {
  return {
    tenant: DEFAULT_TENANT,
    id: `person:${subject as PersonId}`,
    entry: 'person',
    name: subject,
    version: 1,
    active: true,
    roles: ['responder'],
    teams: ['support' as TeamId],
    addresses,
    changed_at: '2026-01-01T00:00:00Z',
    ...over,
  };
}

/** A session as signing in would have opened it. @returns the cookie */
export async function openTestSession(service: TestService, subject: string): Promise<string> {
  const token = newId<string>();
  await service.query(
    `INSERT INTO sessions (token_hash, subject, tenant, created_at, expires_at)
     VALUES ($1, $2, $3, handoff_now(), handoff_now() + interval '12 hours')`,
    [sha256(token), subject, DEFAULT_TENANT],
  );
  return `handoff_session=${token}`;
}
