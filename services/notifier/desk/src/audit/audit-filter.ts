export const AUDIT_FIELDS = ['handoff_id', 'subject', 'since', 'before'] as const;
/** What was typed; empty where all are meant. Instants are those of a date field, in the reader's zone. */
export type AuditFilter = Readonly<Record<(typeof AUDIT_FIELDS)[number], string>>;

/** What the page's address says, as it is asked of the server: instants are RFC 3339. */
export function queryOf(filter: AuditFilter): URLSearchParams {
  const said = AUDIT_FIELDS.map((field) => [field, filter[field].trim()] as const).filter(([, text]) => text !== '');
  return new URLSearchParams(said.map(([field, text]) => [field, isInstant(field) ? toInstant(text) : text]));
}

export function filterOf(query: URLSearchParams): AuditFilter {
  const text = (field: keyof AuditFilter) => query.get(field) ?? '';
  return { handoff_id: text('handoff_id'), subject: text('subject'), since: toLocal(text('since')), before: toLocal(text('before')) };
}

const isInstant = (field: keyof AuditFilter): boolean => field === 'since' || field === 'before';

function toInstant(local: string): string {
  const at = Date.parse(local);
  return Number.isNaN(at) ? local : new Date(at).toISOString();
}

/** As a date field wants it: no zone, no seconds. */
function toLocal(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

const MINUTE_MS = 60_000;
