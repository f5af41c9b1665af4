import { randomInt } from 'node:crypto';
import { sha256, type PersonId, type PushChannel, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

const CODE_MINUTES = 10;
/** No letter or digit that is read as another one. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 10;

/** @returns a code that links whoever says it on the channel, once, within ten minutes */
export async function beginLink(db: EntityManager, tenant: TenantId, subject: PersonId, channel: PushChannel): Promise<string> {
  const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  await rows(
    db,
    `INSERT INTO account_links (code_hash, tenant, subject, channel, expires_at)
     VALUES ($1, $2, $3, $4, handoff_now() + make_interval(mins => ${CODE_MINUTES}))`,
    [sha256(code), tenant, subject, channel],
  );
  return code;
}

/** Takes the code. @returns whom the account belongs to from now on, and to nobody else; null for a code that is none any more */
export async function finishLink(db: EntityManager, channel: PushChannel, code: string, account: string): Promise<PersonId | null> {
  const [linked] = await rows<{ subject: PersonId }>(
    db,
    `WITH code AS (
       DELETE FROM account_links WHERE code_hash = $1 AND channel = $2::text AND expires_at > handoff_now() RETURNING tenant, subject),
     others AS (
       UPDATE person_channels SET account = NULL, linked_at = NULL WHERE channel = $2::text AND account = $3::text
         AND EXISTS (SELECT FROM code WHERE (code.tenant, code.subject) IS DISTINCT FROM (person_channels.tenant, person_channels.subject))
       RETURNING subject)
     INSERT INTO person_channels (tenant, subject, channel, account, linked_at)
     SELECT tenant, subject, $2::text, $3::text, handoff_now() FROM code, (SELECT count(*) FROM others) AS freed
     ON CONFLICT (tenant, subject, channel) DO UPDATE SET account = excluded.account, linked_at = excluded.linked_at
     RETURNING subject`,
    [sha256(code), channel, account],
  );
  return linked?.subject ?? null;
}

export async function unlink(db: EntityManager, tenant: TenantId, subject: PersonId, channel: PushChannel): Promise<void> {
  await rows(db, 'UPDATE person_channels SET account = NULL, linked_at = NULL WHERE tenant = $1 AND subject = $2 AND channel = $3', [
    tenant,
    subject,
    channel,
  ]);
}

export async function accountOwner(
  db: EntityManager,
  channel: PushChannel,
  account: string,
): Promise<{ readonly tenant: TenantId; readonly subject: PersonId } | null> {
  const [row] = await rows<{ tenant: TenantId; subject: PersonId }>(
    db,
    'SELECT tenant, subject FROM person_channels WHERE channel = $1 AND account = $2',
    [channel, account],
  );
  return row ?? null;
}

/** False where a callback with this signature was taken already. */
export async function takeCallback(db: EntityManager, signature: string, seconds: number): Promise<boolean> {
  const taken = await rows(
    db,
    `INSERT INTO taken_callbacks (signature, expires_at) VALUES ($1, handoff_now() + make_interval(secs => $2))
     ON CONFLICT DO NOTHING RETURNING 1`,
    [sha256(signature), seconds],
  );
  return taken.length > 0;
}
