import { type Transaction, Transactions } from '@handoff/bus';
import { DEFAULT_TENANT, handoffDirectory, sha256 } from '@handoff/contracts';
import { databaseNow, rows } from '@handoff/store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { directoryEntries } from '../domain/directory-entries.js';
import type { Policy } from '../domain/policy.js';
import type { WrittenPolicy } from './read-policy-file.js';

export type PolicySource = 'file' | 'api';

export interface PolicyLine {
  readonly version: number;
  readonly id: string;
  readonly name: string;
  readonly source: PolicySource;
  readonly loaded_at: Date;
  readonly loaded_by: string | null;
}

export interface KeptPolicy extends PolicyLine {
  /** Null where an earlier release kept it. */
  readonly text: string | null;
  readonly policy: Policy;
}

export type Keeping =
  { readonly kind: 'kept' | 'unchanged'; readonly version: number } | { readonly kind: 'changed-meanwhile'; readonly version: number };

interface Origin {
  readonly source: PolicySource;
  readonly by: string | null;
  /** Kept only on top of this version; left out: on whichever is the newest. */
  readonly basedOn?: number;
}

const LINE = `version, document ->> 'id' AS id, document ->> 'name' AS name, source, loaded_at, loaded_by`;

/** Which policies there have been. A version never changes; the newest is in force for handoffs accepted from then on. */
@Injectable()
export class PolicyVersions {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(DataSource) private readonly source: DataSource,
  ) {}

  /** Newest first. */
  list(limit: number, before: number | null): Promise<PolicyLine[]> {
    return rows<PolicyLine>(
      this.source.manager,
      `SELECT ${LINE} FROM policies WHERE tenant = $1 AND version < coalesce($2, version + 1) ORDER BY version DESC LIMIT $3`,
      [DEFAULT_TENANT, before, limit],
    );
  }

  /** @param version left out: the newest */
  async find(version?: number): Promise<KeptPolicy | null> {
    const [found] = await rows<KeptPolicy>(
      this.source.manager,
      `SELECT ${LINE}, text, document AS policy FROM policies WHERE tenant = $1 AND version = coalesce($2, version) ORDER BY version DESC LIMIT 1`,
      [DEFAULT_TENANT, version ?? null],
    );
    return found ?? null;
  }

  /** The policy's file as it was read last. */
  async fileText(): Promise<string | null> {
    const [file] = await rows<{ text: string | null }>(
      this.source.manager,
      `SELECT text FROM policies WHERE tenant = $1 AND source = 'file' ORDER BY version DESC LIMIT 1`,
      [DEFAULT_TENANT],
    );
    return file?.text ?? null;
  }

  /** As the next version, once, whichever replica is first; everybody who reads the directory is told. */
  keep(written: WrittenPolicy, origin: Origin): Promise<Keeping> {
    return this.transactions.run(async (tx) => {
      await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('handoff policy ' || current_schema(), 0))`);
      const [newest] = await tx.rows<{ version: number; policy: Policy }>(
        'SELECT version, document AS policy FROM policies WHERE tenant = $1 ORDER BY version DESC LIMIT 1',
        [DEFAULT_TENANT],
      );
      const version = newest?.version ?? 0;
      if (origin.basedOn !== undefined && origin.basedOn !== version) return { kind: 'changed-meanwhile', version };
      const hash = sha256(JSON.stringify(written.policy));
      const same = await findSame(tx, hash, origin.source);
      if (same === null) return this.add(tx, written, { ...origin, hash, version: version + 1, before: newest?.policy ?? null });
      await addText(tx, same, written.text);
      return { kind: 'unchanged', version };
    });
  }

  private async add(
    tx: Transaction,
    { text, policy }: WrittenPolicy,
    { version, hash, source, by, before }: Origin & { readonly hash: string; readonly version: number; readonly before: Policy | null },
  ): Promise<Keeping> {
    await tx.rows(
      `INSERT INTO policies (tenant, version, hash, document, text, source, loaded_by, loaded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, handoff_now())`,
      [DEFAULT_TENANT, version, hash, JSON.stringify(policy), text, source, by],
    );
    const entries = directoryEntries({ version, policy }, before, await databaseNow(tx.db));
    tx.publish(handoffDirectory, entries, { identityOf: ({ id, version: of }) => [id, of] });
    return { kind: 'kept', version };
  }
}

/**
 * A file that is read again at the next start brings nothing new, though somebody has applied another policy since: only a file that was
 * changed does. What is applied is compared with what is in force.
 */
async function findSame(tx: Transaction, hash: string, source: PolicySource): Promise<number | null> {
  const [last] = await tx.rows<{ version: number; hash: string }>(
    `SELECT version, hash FROM policies WHERE tenant = $1 AND ($2 = 'api' OR source = 'file') ORDER BY version DESC LIMIT 1`,
    [DEFAULT_TENANT, source],
  );
  return last?.hash === hash ? last.version : null;
}

/** Where an earlier release kept none. */
async function addText(tx: Transaction, version: number, text: string): Promise<void> {
  await tx.rows('UPDATE policies SET text = $3 WHERE tenant = $1 AND version = $2 AND text IS NULL', [DEFAULT_TENANT, version, text]);
}
