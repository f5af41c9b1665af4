import { randomBytes } from 'node:crypto';
import { sha256, type DirectoryEntry, type PersonId, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import { personOf, type DirectoryPerson } from './directory.js';

export interface SignedIn {
  readonly person: DirectoryPerson;
  readonly tenant: TenantId;
  /** Where the request came from; null where that is not known. */
  readonly address?: string | null;
}

export interface NewSession {
  readonly subject: PersonId;
  readonly tenant: TenantId;
  readonly hours: number;
  /** As the identity provider gave it; null where somebody came by a link. */
  readonly idToken: string | null;
}

/** @returns the cookie's value; the table keeps its hash alone */
export async function openSession(db: EntityManager, { subject, tenant, hours, idToken }: NewSession): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await rows(
    db,
    `INSERT INTO sessions (token_hash, subject, tenant, created_at, expires_at, id_token)
     VALUES ($1, $2, $3, handoff_now(), handoff_now() + make_interval(hours => $4), $5)`,
    [sha256(token), subject, tenant, hours, idToken],
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

/** At every replica at once. @returns what names the session at the identity provider, where there was one */
export async function closeSession(db: EntityManager, token: string): Promise<string | null> {
  const closed = await rows<{ id_token: string | null }>(db, 'DELETE FROM sessions WHERE token_hash = $1 RETURNING id_token', [
    sha256(token),
  ]);
  return closed[0]?.id_token ?? null;
}
