import { randomBytes } from 'node:crypto';
import { sha256, type DirectoryEntry, type PersonId, type TenantId } from '@handoff/contracts';
import type { Transaction } from '@handoff/bus';
import { rows, type EntityManager } from '@handoff/store';
import { personOf } from './directory.js';
import type { SignedIn } from './sessions.js';

/** A secret of this system by its first letters, so that logs and traces mask it; what follows says which, for whoever finds one. */
const PREFIX = 'hk_calendar_';

/** @returns the token, which is in the address alone: the table keeps its hash. The one before, if there was one, leads nowhere from now on */
export async function makeFeed(tx: Transaction, tenant: TenantId, subject: PersonId): Promise<string> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  await tx.rows(
    `INSERT INTO calendar_feeds (tenant, subject, token_hash, made_at) VALUES ($1, $2, $3, handoff_now())
     ON CONFLICT (tenant, subject) DO UPDATE SET token_hash = excluded.token_hash, made_at = excluded.made_at`,
    [tenant, subject, sha256(token)],
  );
  return token;
}

/** @returns whether there was one */
export async function revokeFeed(tx: Transaction, tenant: TenantId, subject: PersonId): Promise<boolean> {
  const gone = await tx.rows('DELETE FROM calendar_feeds WHERE tenant = $1 AND subject = $2 RETURNING 1', [tenant, subject]);
  return gone.length > 0;
}

export async function feedMadeAt(db: EntityManager, tenant: TenantId, subject: PersonId): Promise<Date | null> {
  const [feed] = await rows<{ made_at: Date }>(db, 'SELECT made_at FROM calendar_feeds WHERE tenant = $1 AND subject = $2', [
    tenant,
    subject,
  ]);
  return feed?.made_at ?? null;
}

/** Whose calendar it is; null where the token is none any more, or its person has left the directory. */
export async function feedOwner(db: EntityManager, token: string): Promise<SignedIn | null> {
  const [found] = await rows<{ id: string; tenant: TenantId; entry: DirectoryEntry }>(
    db,
    `SELECT d.id, f.tenant, d.entry FROM calendar_feeds f JOIN directory d ON d.id = 'person:' || f.subject
     WHERE f.token_hash = $1 AND (d.entry ->> 'active')::boolean`,
    [sha256(token)],
  );
  return found ? { person: personOf(found.id, found.entry), tenant: found.tenant } : null;
}
