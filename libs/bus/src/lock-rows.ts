import type { LockFirst } from './batch-processor.js';

/** @param table of this schema, with a row for each handoff */
export const lockRows =
  (table: string): LockFirst =>
  (tx, handoffIds) =>
    tx.rows(`SELECT FROM ${table} WHERE handoff_id = ANY($1::uuid[]) ORDER BY handoff_id FOR UPDATE`, [handoffIds]);
