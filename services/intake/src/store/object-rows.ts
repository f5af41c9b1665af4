import type { Transaction } from '@handoff/bus';
import type { AgentId, HandoffId, Seconds, TenantId } from '@handoff/contracts';
import { Injectable, Inject } from '@nestjs/common';
import { IntakeConfig } from '../intake.config.js';

const DAY: Seconds = 86_400;
/** An upload that has not ended by then was given up. */
const WRITTEN_WITHIN: Seconds = DAY;

/** The same bytes put again take the place of those that no handoff names, once a transfer that has just found these has named them. */
const REPLACED_FOR: Seconds = 60;
/** A file takes a block of its disk however small it is, and a row beside it. */
const LEAST_BYTES = 4096;

export interface StoredObject {
  /** In the object store; another one each time that the same bytes are put. */
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

export interface BegunObject {
  readonly name: string;
  readonly sha256: string;
  /** It has no more bytes than these, and is counted as so many until it is stored. */
  readonly most: number;
}

/** What one agent has there, in bytes, and when the first of it goes; null where it has nothing. */
export interface Used {
  readonly used: number;
  readonly freesIn: Seconds | null;
}

interface Whose {
  readonly tenant: TenantId;
  readonly agentId: AgentId;
}

/** Whose each object is, who may read it, and until when it is kept. */
@Injectable()
export class ObjectRows {
  constructor(@Inject(IntakeConfig) private readonly config: IntakeConfig) {}

  /**
   * Known before its first byte is written, so that what is left of one that fails is found, and its agent's other uploads count it.
   * @returns what the agent has, where there is no room for it; null where it is begun
   */
  async begin(tx: Transaction, whose: Whose, { name, sha256, most }: BegunObject): Promise<Used | null> {
    const room = this.config.OBJECT_AGENT_BYTES;
    const used = room > 0 ? await this.lockUsed(tx, whose) : null;
    if (used && used.used + Math.max(most, LEAST_BYTES) > room) return used;
    await tx.rows(
      `INSERT INTO objects (name, tenant, agent_id, sha256, size, state, keep_until)
       VALUES ($1, $2, $3, $4, $5, 'writing', handoff_now() + make_interval(secs => $6))`,
      [name, whose.tenant, whose.agentId, sha256, most, WRITTEN_WITHIN],
    );
    return null;
  }

  /** @returns whether it is still there: what was given up meanwhile is not */
  async stored(tx: Transaction, name: string, size: number): Promise<boolean> {
    const [stored] = await tx.rows(
      `UPDATE objects SET state = 'stored', size = $2, keep_until = handoff_now() + make_interval(secs => $3)
       WHERE name = $1 AND state = 'writing' RETURNING 1`,
      [name, size, this.config.OBJECT_DAYS * DAY],
    );
    await tx.rows(
      `UPDATE objects b SET keep_until = least(b.keep_until, handoff_now() + make_interval(secs => $2)) FROM objects again
       WHERE again.name = $1 AND (b.tenant, b.agent_id, b.sha256) = (again.tenant, again.agent_id, again.sha256) AND b.name <> $1
         AND b.state = 'stored' AND NOT EXISTS (SELECT FROM object_uses u WHERE u.name = b.name)`,
      [name, REPLACED_FOR],
    );
    return stored !== undefined;
  }

  /** Over at once. */
  async giveUp(tx: Transaction, name: string): Promise<void> {
    await tx.rows('UPDATE objects SET keep_until = handoff_now() WHERE name = $1', [name]);
  }

  /** Of those of these checksums that it has put itself, or was handed and has not lost: one each. */
  async of(tx: Transaction, { tenant, agentId }: Whose, sums: readonly string[]): Promise<readonly StoredObject[]> {
    const found = await tx.rows<Omit<StoredObject, 'size'> & { readonly size: string }>(
      `SELECT DISTINCT ON (b.sha256) b.name, b.sha256, b.size FROM objects b
       WHERE b.tenant = $1 AND b.sha256 = ANY($3::text[]) AND b.state = 'stored' AND b.keep_until > handoff_now()
         AND (b.agent_id = $2 OR EXISTS (SELECT FROM object_uses u JOIN offers o USING (handoff_id)
           WHERE u.name = b.name AND o.tenant = $1 AND o.agent_id = $2 AND o.state <> 'lapsed'))
       ORDER BY b.sha256, b.keep_until DESC`,
      [tenant, agentId, sums],
    );
    return found.map(({ size, ...it }) => ({ ...it, size: Number(size) }));
  }

  /** A handoff names them, so they are kept anew. */
  async use(tx: Transaction, uses: readonly { readonly name: string; readonly handoffId: HandoffId }[]): Promise<void> {
    if (uses.length === 0) return;
    const columns = [uses.map(({ handoffId }) => handoffId), uses.map(({ name }) => name)];
    await tx.rows('INSERT INTO object_uses SELECT DISTINCT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING', columns);
    await tx.rows(
      `UPDATE objects SET keep_until = greatest(keep_until, handoff_now() + make_interval(secs => $2)) WHERE name = ANY($1::uuid[])`,
      [columns[1], this.config.OBJECT_DAYS * DAY],
    );
  }

  /** Those whose time is over; rows that another replica works on are left to it. */
  async over(tx: Transaction, limit: number): Promise<readonly string[]> {
    const rows = await tx.rows<{ name: string }>(
      'SELECT name FROM objects WHERE keep_until <= (SELECT handoff_now()) ORDER BY keep_until LIMIT $1 FOR UPDATE SKIP LOCKED',
      [limit],
    );
    return rows.map(({ name }) => name);
  }

  async forget(tx: Transaction, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await tx.rows('DELETE FROM object_uses WHERE name = ANY($1::uuid[])', [names]);
    await tx.rows('DELETE FROM objects WHERE name = ANY($1::uuid[])', [names]);
  }

  /** Until this commits, no other upload of this agent begins. What is over counts until it is removed, as its bytes are there. */
  private async lockUsed(tx: Transaction, { tenant, agentId }: Whose): Promise<Used> {
    const columns = [tenant, agentId];
    await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('objects of ' || $1 || ' ' || $2, 0))`, columns);
    const [row] = await tx.rows<{ used: string; frees_in: number | null }>(
      `SELECT coalesce(sum(greatest(size, ${LEAST_BYTES})), 0) AS used, extract(epoch FROM min(keep_until) - handoff_now())::float8 AS frees_in
       FROM objects WHERE tenant = $1 AND agent_id = $2`,
      columns,
    );
    return { used: Number(row?.used ?? 0), freesIn: row?.frees_in ?? null };
  }
}
