import { randomBytes } from 'node:crypto';
import { sha256, type DecisionType, type HandoffId, type PersonId, type PushChannel, type TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { Button } from '../domain/message.js';

/** Buttons that one reader's copy is to have. */
export interface WantedButtons {
  readonly tenant: TenantId;
  readonly handoffId: HandoffId;
  readonly packetVersion: number;
  readonly subject: PersonId;
  readonly channel: PushChannel;
  readonly types: readonly DecisionType[];
}

/** Buttons for each, in their order. The tokens are in them alone: the table keeps hashes. */
export async function mintButtons(
  db: EntityManager,
  wanted: readonly WantedButtons[],
  hours: number,
): Promise<readonly (readonly Button[])[]> {
  const minted = wanted.map((it) => ({
    ...it,
    buttons: it.types.map((type): Button => ({ type, token: randomBytes(24).toString('base64url') })),
  }));
  const all = minted.flatMap((it) => it.buttons.map((button) => ({ ...it, ...button })));
  if (all.length > 0)
    await rows(
      db,
      `INSERT INTO action_tokens (token_hash, tenant, handoff_id, packet_version, subject, channel, action, expires_at)
       SELECT it.*, handoff_now() + make_interval(hours => $8)
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[]) AS it`,
      [
        all.map((it) => sha256(it.token)),
        all.map((it) => it.tenant),
        all.map((it) => it.handoffId),
        all.map((it) => it.packetVersion),
        all.map((it) => it.subject),
        all.map((it) => it.channel),
        all.map((it) => it.type),
        hours,
      ],
    );
  return minted.map(({ buttons }) => buttons);
}

export interface ActionToken {
  readonly tenant: TenantId;
  readonly handoff_id: HandoffId;
  readonly packet_version: number;
  readonly subject: PersonId;
  readonly channel: PushChannel;
  readonly action: DecisionType;
  readonly is_used: boolean;
  readonly has_expired: boolean;
}

/** What a token is good for, or was; looking changes nothing. */
export async function findToken(db: EntityManager, token: string): Promise<ActionToken | null> {
  const [row] = await rows<ActionToken>(
    db,
    `SELECT tenant, handoff_id, packet_version, subject, channel, action, used_at IS NOT NULL AS is_used, expires_at <= handoff_now() AS has_expired
     FROM action_tokens WHERE token_hash = $1`,
    [sha256(token)],
  );
  return row ?? null;
}

/** @returns whether it was this call that has used it: of many at the same time, one's */
export async function spendToken(db: EntityManager, token: string): Promise<boolean> {
  const spent = await rows(
    db,
    `UPDATE action_tokens SET used_at = handoff_now() WHERE token_hash = $1 AND used_at IS NULL AND expires_at > handoff_now() RETURNING 1`,
    [sha256(token)],
  );
  return spent.length > 0;
}

/** Nothing came of it: it may be pressed again. */
export async function returnToken(db: EntityManager, token: string): Promise<void> {
  await rows(db, 'UPDATE action_tokens SET used_at = NULL WHERE token_hash = $1', [sha256(token)]);
}
