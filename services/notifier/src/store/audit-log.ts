import type { AuditEntry, TenantId } from '@handoff/contracts';
import { instantOf, microsecondsOf, pageOf, rows, type EntityManager, type PageCursor } from '@handoff/store';

export interface AuditFilter {
  readonly handoffId: string | null;
  readonly subject: string | null;
  readonly act: string | null;
  /** From here on, and before there. */
  readonly since: Date | null;
  readonly before: Date | null;
  /** The `next` of an earlier page. */
  readonly after: PageCursor | null;
  readonly limit: number;
}

type Row = Omit<AuditEntry, 'at'> & { readonly at: Date } & PageCursor;

/** The newest first. */
export async function readAudit(
  db: EntityManager,
  tenant: TenantId,
  filter: AuditFilter,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly next: string | null }> {
  const found = await rows<Row>(
    db,
    `SELECT id, at, subject, act, handoff_id, channel, address, details, ${microsecondsOf('at')} FROM audit_log
     WHERE tenant = $1 AND ($2::uuid IS NULL OR handoff_id = $2) AND ($3::text IS NULL OR subject = $3) AND ($4::text IS NULL OR act = $4)
       AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
       AND ($7::bigint IS NULL OR (at, id) < (${instantOf('$7')}, $8::uuid))
     ORDER BY at DESC, id DESC LIMIT $9`,
    [
      ...[tenant, filter.handoffId, filter.subject, filter.act, filter.since, filter.before],
      ...[filter.after?.us ?? null, filter.after?.id ?? null, filter.limit + 1],
    ],
  );
  const page = pageOf(found, filter.limit);
  return { entries: page.rows.map(entryOf), next: page.next };
}

const entryOf = ({ us: _, at, ...row }: Row): AuditEntry => ({ ...row, at: at.toISOString() });
