import type { AuditEntry } from '@handoff/contracts';
import { stringify } from 'csv-stringify/sync';

/** RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe, so that opening the file runs nothing. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const lines = entries.map(({ id, at, subject, act, handoff_id, channel, address, details }) => [
    ...[id, at, subject, act, handoff_id, channel, address],
    JSON.stringify(details),
  ]);
  return stringify(lines, { header: true, columns: COLUMNS, escape_formulas: true, record_delimiter: 'windows' });
}

const COLUMNS = ['id', 'at', 'subject', 'act', 'handoff_id', 'channel', 'address', 'details'];
