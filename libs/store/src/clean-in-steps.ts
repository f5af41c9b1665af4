import type { DataSource } from 'typeorm';
import { rows } from './sql.js';

export interface CleanOptions {
  readonly table: string;
  /** SQL that is true for rows that may go; an index should lead to them. */
  readonly where: string;
  readonly parameters?: readonly unknown[];
  /** Rows of one step: few enough that nobody waits for it. */
  readonly atOnce?: number;
  readonly stopped?: () => boolean;
}

/**
 * Deletes what is old in steps, each a short transaction of its own, so that neither locks nor the log of one large deletion are in
 * anybody's way. Rows that somebody holds are passed over and go next time; two that clean at once share the work.
 * @returns how many are gone
 */
export async function cleanInSteps(source: DataSource, options: CleanOptions): Promise<number> {
  const { table, where, parameters = [], atOnce = 1000, stopped = () => false } = options;
  const limit = `$${parameters.length + 1}`;
  const statement = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${where} LIMIT ${limit} FOR UPDATE SKIP LOCKED)) RETURNING 1`;
  let gone = 0;
  for (let last = atOnce; last === atOnce && !stopped(); gone += last)
    last = (await rows(source.manager, statement, [...parameters, atOnce])).length;
  return gone;
}
