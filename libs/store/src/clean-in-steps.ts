import type { DataSource } from 'typeorm';
import { rows } from './sql.js';

/** Rows that go with another table's, in the same step. */
export interface Belongings {
  readonly table: string;
  /** The columns that name whose they are, called the same in both tables; an index should begin with them. */
  readonly by: readonly string[];
  /** Others may hold such a row, and may make it again: it is passed over then, as nobody is to wait for a cleaning. */
  readonly isShared?: boolean;
}

export interface CleanOptions {
  readonly table: string;
  /** SQL that is true for rows that may go; an index should lead to them. */
  readonly where: string;
  readonly parameters?: readonly unknown[];
  readonly with?: readonly Belongings[];
  /** Rows of one step: few enough that nobody waits for it. */
  readonly atOnce?: number;
  readonly stopped?: () => boolean;
}

/**
 * Deletes what is old in steps, each a short transaction of its own, so that neither locks nor the log of one large deletion are in
 * anybody's way. Rows that somebody holds are passed over and go next time; two that clean at once share the work.
 * @returns how many are gone, without what belonged to them
 */
export async function cleanInSteps(source: DataSource, options: CleanOptions): Promise<number> {
  const { parameters = [], atOnce = 1000, stopped = () => false } = options;
  const statement = stepOf(options, `$${parameters.length + 1}`);
  let gone = 0;
  for (let last = atOnce; last === atOnce && !stopped(); gone += last)
    last = (await rows<{ gone: number }>(source.manager, statement, [...parameters, atOnce]))[0]?.gone ?? 0;
  return gone;
}

/** One statement, hence one transaction: what belongs to a row goes with it or stays with it. */
function stepOf({ table, where, with: belongings = [] }: CleanOptions, limit: string): string {
  const keys = [...new Set(belongings.flatMap(({ by }) => by))];
  return `WITH gone AS (
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${where} LIMIT ${limit} FOR UPDATE SKIP LOCKED))
      RETURNING ${keys.length > 0 ? keys.join(', ') : '1'})
    ${belongings.map((it, at) => `, gone_too_${at} AS (${deletionOf(it)})`).join('')}
    SELECT count(*)::int AS gone FROM gone`;
}

function deletionOf({ table, by, isShared = false }: Belongings): string {
  const same = by.map((column) => `it.${column} = gone.${column}`).join(' AND ');
  if (!isShared) return `DELETE FROM ${table} AS it USING gone WHERE ${same}`;
  return `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT it.ctid FROM ${table} AS it JOIN gone ON ${same} FOR UPDATE OF it SKIP LOCKED))`;
}
