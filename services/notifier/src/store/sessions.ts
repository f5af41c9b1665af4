import { randomBytes } from 'node:crypto';
import { sha256, type DirectoryEntry, type PersonId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { personOf, type DirectoryPerson } from './directory.js';

export interface SignedIn {
  readonly person: DirectoryPerson;
  readonly tenant: TenantId;
}

/** @returns the cookie's value; the table keeps its hash alone */
export async function openSession(db: EntityManager, subject: PersonId, tenant: TenantId, hours: number): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await rows(
    db,
    `INSERT INTO sessions (token_hash, subject, tenant, created_at, expires_at)
     VALUES ($1, $2, $3, handoff_now(), handoff_now() + make_interval(hours => $4))`,
    [sha256(token), subject, tenant, hours],
  );
  return token;
}

/** Whose sessions these are, by their tokens; one that has expired, or whose person has left the directory, is not there. */
export async function signedIn(db: EntityManager, tokens: readonly string[]): Promise<Map<string, SignedIn>> {
  const byHash = new Map(tokens.map((token) => [sha256(token), token]));
  const found = await rows<{ token_hash: string; id: string; tenant: TenantId; entry: DirectoryEntry }>(
    db,
    `SELECT s.token_hash, d.id, s.tenant, d.entry FROM sessions s JOIN directory d ON d.id = 'person:' || s.subject
     WHERE s.token_hash = ANY($1::text[]) AND s.expires_at > handoff_now() AND (d.entry ->> 'active')::boolean`,
    [[...byHash.keys()]],
  );
  return new Map(found.map((row) => [byHash.get(row.token_hash) ?? '', { person: personOf(row.id, row.entry), tenant: row.tenant }]));
}

export async function closeSession(db: EntityManager, token: string): Promise<void> {
  await rows(db, 'DELETE FROM sessions WHERE token_hash = $1 OR expires_at < handoff_now()', [sha256(token)]);
}
