import type { TenantId } from '@handoff/contracts';
import { rows, type EntityManager } from '@handoff/store';
import type { AuditEntry } from '../domain/audit-entry.js';

export interface AuditFilter {
  readonly handoffId: string | null;
  readonly subject: string | null;
  readonly act: string | null;
  /** RFC 3339; from here on, and before there. */
  readonly since: string | null;
  readonly before: string | null;
  /** The `next` of an earlier page. */
  readonly after: { readonly us: string; readonly id: string } | null;
  readonly limit: number;
}

type Row = Omit<AuditEntry, 'at'> & { readonly at: Date; readonly us: string };

/** The newest first. */
export async function readAudit(
  db: EntityManager,
  tenant: TenantId,
  filter: AuditFilter,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly next: string | null }> {
  const found = await rows<Row>(
    db,
    `SELECT id, at, subject, act, handoff_id, channel, address, details, (extract(epoch FROM at) * 1000000)::bigint::text AS us FROM audit_log
     WHERE tenant = $1 AND ($2::uuid IS NULL OR handoff_id = $2) AND ($3::text IS NULL OR subject = $3) AND ($4::text IS NULL OR act = $4)
       AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
       AND ($7::bigint IS NULL OR (at, id) < (timestamptz 'epoch' + $7::bigint * interval '1 microsecond', $8::uuid))
     ORDER BY at DESC, id DESC LIMIT $9`,
    [
      ...[tenant, filter.handoffId, filter.subject, filter.act, filter.since, filter.before],
      ...[filter.after?.us ?? null, filter.after?.id ?? null, filter.limit + 1],
    ],
  );
  const page = found.slice(0, filter.limit);
  const last = found.length > filter.limit ? page.at(-1) : undefined;
  return { entries: page.map(entryOf), next: last ? `${last.us}_${last.id}` : null };
}

const entryOf = ({ us: _, at, ...row }: Row): AuditEntry => ({ ...row, at: at.toISOString() });

/** @returns null where the text is no `next` of a page */
export function readCursor(text: string): AuditFilter['after'] {
  const [, us, id] = /^(\d{1,18})_([0-9a-f-]{36})$/.exec(text) ?? [];
  return us !== undefined && id !== undefined ? { us, id } : null;
}
