import { fromLocalField, toLocalField } from '../time/local-field.js';

export const AUDIT_FIELDS = ['handoff_id', 'subject', 'since', 'before'] as const;
/** What was typed; empty where all are meant. Instants are those of a date field, in the reader's zone. */
export type AuditFilter = Readonly<Record<(typeof AUDIT_FIELDS)[number], string>>;

/** What the page's address says, as it is asked of the server: instants are RFC 3339. */
export function queryOf(filter: AuditFilter): URLSearchParams {
  const said = AUDIT_FIELDS.map((field) => [field, filter[field].trim()] as const).filter(([, text]) => text !== '');
  return new URLSearchParams(said.map(([field, text]) => [field, isInstant(field) ? fromLocalField(text) : text]));
}

export function filterOf(query: URLSearchParams): AuditFilter {
  const text = (field: keyof AuditFilter) => query.get(field) ?? '';
  return {
    handoff_id: text('handoff_id'),
    subject: text('subject'),
    since: toLocalField(text('since')),
    before: toLocalField(text('before')),
  };
}

const isInstant = (field: keyof AuditFilter): boolean => field === 'since' || field === 'before';
