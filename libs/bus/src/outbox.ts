import type { Headers } from '@handoff/contracts';
import { rows, type EntityManager, type Statement } from '@handoff/store';

/** One record to be sent; topic names carry the installation's prefix here. */
export interface OutboxRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string | null;
  readonly headers: Headers;
  readonly value: string | null;
  readonly encoding: 'utf8' | 'base64';
}

/** A statement's and a send's largest size. */
export const MAX_SEND_BYTES = 4 * 1024 * 1024;
/** Younger rows belong to the process that wrote them, which sends them right after its commit. */
const RELAY_AFTER_SECONDS = 2;

/** What is told to those who wait, when the transaction commits; see `Listener`. */
export interface Word {
  readonly channel: string;
  readonly payload: string;
}

/** The rows and the words in one statement: it is in every transaction, and each round trip counts. */
export function insertionOf(outbox: readonly OutboxRow[], words: readonly Word[]): readonly Statement[] {
  if (outbox.length === 0 && words.length === 0) return [];
  const text = `WITH kept AS (
       INSERT INTO outbox (id, topic, key, headers, value, encoding, created_at)
       SELECT r.*, handoff_now() FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::text[], $6::text[]) AS r)
     SELECT pg_notify(channel, payload) FROM unnest($7::text[], $8::text[]) AS word (channel, payload)`;
  const parameters = [
    outbox.map((row) => row.id),
    outbox.map((row) => row.topic),
    outbox.map((row) => row.key),
    outbox.map((row) => JSON.stringify(row.headers)),
    outbox.map((row) => row.value),
    outbox.map((row) => row.encoding),
    words.map(({ channel }) => channel),
    words.map(({ payload }) => payload),
  ];
  return [{ text, parameters }];
}

/**
 * Not waited for on the disk: a deletion that a crash of Postgres forgets has its event sent again, and a repeat is absorbed
 * everywhere. It is one `fsync` less for each send.
 */
export async function deleteRows(db: EntityManager, ids: readonly string[]): Promise<void> {
  await rows(db, `DELETE FROM outbox WHERE id = ANY($1::uuid[]) AND (SELECT set_config('synchronous_commit', 'off', true)) = 'off'`, [ids]);
}

/** The oldest rows that their writer left behind, as many as fit one send. */
export function leftBehind(db: EntityManager): Promise<OutboxRow[]> {
  return rows<OutboxRow>(
    db,
    `SELECT id, topic, key, headers, value, encoding FROM (
       SELECT *, sum(octet_length(coalesce(value, '')) + 512) OVER (ORDER BY id) AS bytes, row_number() OVER (ORDER BY id) AS place
       FROM (SELECT * FROM outbox WHERE created_at < handoff_now() - make_interval(secs => $1) ORDER BY id LIMIT 1000) AS oldest
     ) AS sized WHERE bytes <= $2 OR place = 1 ORDER BY id`,
    [RELAY_AFTER_SECONDS, MAX_SEND_BYTES],
  );
}
