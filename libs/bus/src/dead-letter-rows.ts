import type { Seconds } from '@handoff/contracts';
import { instantOf, microsecondsOf, pageOf, rows, type EntityManager, type PageCursor } from '@handoff/store';
import type { KafkaRecord } from './kafka-record.js';
import { fromRawHeaders, type RawHeaders } from './raw-headers.js';
import { openContent, type Seal } from './seal.js';
import type { Transaction } from './transaction.js';

/** A dead letter without its bytes, as a list shows it. */
export interface DeadLetterLine {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly bytes: number;
  readonly code: string;
  readonly message: string;
  /** An agent's record that was refused by name; its agent knows. */
  readonly refused: boolean;
  readonly died_at: Date;
  readonly attempts: number;
  readonly attempted_at: Date | null;
  readonly attempted_by: string | null;
  readonly last_error: string | null;
  /** Since when it is settled: taken into effect, or dismissed; null while it waits. */
  readonly replayed_at: Date | null;
  /** Settled by an operator's word: it is not to be replayed. */
  readonly dismissed: boolean;
}

export interface DeadLetterRow extends DeadLetterLine {
  readonly value: Buffer | null;
  /** Milliseconds since 1970; null in rows of a release that did not keep it. */
  readonly record_timestamp: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw_headers: RawHeaders | null;
  /** An agent's record as it came, encrypted; the other columns have it masked. */
  readonly sealed: Buffer | null;
}

export const DEAD_LETTER_STATES = ['waiting', 'replayed', 'dismissed', 'all'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

export interface DeadLetterFilter {
  readonly state: DeadLetterState;
  readonly topic: string | null;
  readonly code: string | null;
  readonly olderThan: Seconds | null;
  readonly newerThan: Seconds | null;
}

const LINE = `id, topic, "partition", "offset", key, coalesce(octet_length(value), 0) AS bytes, error_code AS code, left(error_message, 1000) AS message,
  refused, died_at, attempts, attempted_at, attempted_by, left(last_error, 1000) AS last_error, replayed_at, dismissed`;

const IN_STATE: Readonly<Record<DeadLetterState, string>> = {
  waiting: 'AND replayed_at IS NULL',
  replayed: 'AND replayed_at IS NOT NULL AND NOT dismissed',
  dismissed: 'AND replayed_at IS NOT NULL AND dismissed',
  all: '',
};

/** The oldest first, from behind `after`, which is the `next` of an earlier page. */
export async function listDeadLetters(
  db: EntityManager,
  { state, topic, code, olderThan, newerThan }: DeadLetterFilter,
  { limit, after }: { readonly limit: number; readonly after: PageCursor | null },
): Promise<{ readonly items: readonly DeadLetterLine[]; readonly next: string | null }> {
  const found = await rows<DeadLetterLine & PageCursor>(
    db,
    `SELECT ${LINE}, ${microsecondsOf('died_at')} FROM dead_letters
     WHERE ($1::text IS NULL OR topic = $1) AND ($2::text IS NULL OR error_code = $2)
       AND ($3::float8 IS NULL OR died_at <= (SELECT handoff_now() - make_interval(secs => $3)))
       AND ($4::float8 IS NULL OR died_at > (SELECT handoff_now() - make_interval(secs => $4)))
       AND ($5::bigint IS NULL OR (died_at, id) > (${instantOf('$5')}, $6::uuid)) ${IN_STATE[state]}
     ORDER BY died_at, id LIMIT $7`,
    [topic, code, olderThan, newerThan, after?.us ?? null, after?.id ?? null, limit + 1],
  );
  const page = pageOf(found, limit);
  return { items: page.rows.map(({ us: _, ...line }) => line), next: page.next };
}

const WHOLE = `${LINE.replace('left(error_message, 1000)', 'error_message').replace('left(last_error, 1000) AS last_error', 'last_error')},
  value, record_timestamp, headers, raw_headers, sealed`;

export async function findDeadLetter(db: EntityManager, id: string): Promise<DeadLetterRow | null> {
  const [row] = await rows<DeadLetterRow>(db, `SELECT ${WHOLE} FROM dead_letters WHERE id = $1`, [id]);
  return row ?? null;
}

/** For this transaction alone: a second one that wants it waits here, and then finds it replayed. Undone with the transaction. */
export async function claimDeadLetter(tx: Transaction, id: string, by: string): Promise<DeadLetterRow | null> {
  const [row] = await tx.rows<DeadLetterRow>(
    `UPDATE dead_letters SET replayed_at = handoff_now(), attempts = attempts + 1, attempted_at = handoff_now(), attempted_by = $2, last_error = NULL
     WHERE id = $1 AND replayed_at IS NULL RETURNING ${WHOLE}`,
    [id, by],
  );
  return row ?? null;
}

/** @returns since when it is; null where it was settled before, or is gone */
export async function dismissDeadLetter(tx: Transaction, id: string, by: string): Promise<Date | null> {
  const [row] = await tx.rows<{ at: Date }>(
    `UPDATE dead_letters SET replayed_at = handoff_now(), dismissed = true, attempted_at = handoff_now(), attempted_by = $2
     WHERE id = $1 AND replayed_at IS NULL RETURNING replayed_at AS at`,
    [id, by],
  );
  return row?.at ?? null;
}

/** @returns how many attempts that makes; null where it was replayed meanwhile, or is gone */
export async function noteFailedReplay(tx: Transaction, id: string, by: string, error: string): Promise<number | null> {
  const [row] = await tx.rows<{ attempts: number }>(
    `UPDATE dead_letters SET attempts = attempts + 1, attempted_at = handoff_now(), attempted_by = $2, last_error = $3
     WHERE id = $1 AND replayed_at IS NULL RETURNING attempts`,
    [id, by, error],
  );
  return row?.attempts ?? null;
}

/** The record as Kafka once handed it over. */
export function recordOf(row: DeadLetterRow, seal: Seal | null): KafkaRecord {
  return {
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.offset),
    timestamp: row.record_timestamp ?? String(row.died_at.getTime()),
    ...(seal && row.sealed
      ? openContent(seal, row.id, row.sealed)
      : { key: row.key, value: row.value, headers: row.raw_headers ? fromRawHeaders(row.raw_headers) : row.headers }),
  };
}
