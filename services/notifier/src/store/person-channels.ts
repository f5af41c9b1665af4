import type { Transaction } from '@handoff/bus';
import type { PersonId, PushChannel, TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';

export interface DisabledAddress {
  readonly tenant: TenantId;
  readonly subject: PersonId;
  readonly channel: PushChannel;
  readonly address: string;
  readonly because: string;
}

/** Not used any more. @returns those that were in use until now */
export async function disableAddresses(tx: Transaction, gone: readonly DisabledAddress[]): Promise<readonly DisabledAddress[]> {
  if (gone.length === 0) return [];
  const found = await tx.rows<{ at: number }>(
    `WITH gone AS (
       SELECT DISTINCT ON (tenant, subject, channel) * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
         AS it (tenant, subject, channel, address, because, at)),
     changed AS (
       INSERT INTO person_channels AS c (tenant, subject, channel, disabled_address, disabled_because, disabled_at)
       SELECT tenant, subject, channel, address, because, handoff_now() FROM gone
       ON CONFLICT (tenant, subject, channel) DO UPDATE
         SET disabled_address = excluded.disabled_address, disabled_because = excluded.disabled_because, disabled_at = excluded.disabled_at
         WHERE c.disabled_address IS DISTINCT FROM excluded.disabled_address
       RETURNING tenant, subject, channel)
     SELECT at::int FROM gone JOIN changed USING (tenant, subject, channel)`,
    [
      gone.map((it) => it.tenant),
      gone.map((it) => it.subject),
      gone.map((it) => it.channel),
      gone.map((it) => it.address),
      gone.map((it) => it.because),
    ],
  );
  return found.flatMap(({ at }) => gone[at - 1] ?? []);
}

/** Somebody is there after all. */
export async function enableAddress(db: EntityManager, tenant: TenantId, subject: PersonId, channel: PushChannel): Promise<void> {
  await rows(
    db,
    `UPDATE person_channels SET disabled_address = NULL, disabled_because = NULL, disabled_at = NULL
     WHERE tenant = $1 AND subject = $2 AND channel = $3`,
    [tenant, subject, channel],
  );
}
