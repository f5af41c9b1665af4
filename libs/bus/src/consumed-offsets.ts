import type { EntityManager } from '@handoff/store';
import { rows } from '@handoff/store';
import type { KafkaRecord } from './kafka-record.js';

/** What one poll brought of one partition. Kafka's committed offset plays no part: where to go on is in the schema. */
export interface FetchedPartition {
  readonly topic: string;
  readonly partition: number;
  /** The offset that was asked for; equal to the first record's unless records are missing in between. */
  readonly fetchedFrom: bigint;
  readonly highWatermark: bigint;
}

export type Standing =
  | { readonly kind: 'current'; readonly next: bigint }
  /** The fetch began above what was consumed: go back, nothing may be left out. */
  | { readonly kind: 'behind'; readonly next: bigint }
  /** The fetch saw the partition end below what was consumed: the topic is a new one, or the fetch older than what was consumed since. */
  | { readonly kind: 'recreated'; readonly next: bigint };

/** How a fetch stands to the offset that the schema has; `null` where it has none. */
export function standingOf(fetched: FetchedPartition, next: bigint | null): Standing {
  if (next === null) return fetched.fetchedFrom > 0n ? { kind: 'behind', next: 0n } : { kind: 'current', next: 0n };
  if (fetched.highWatermark < next && fetched.fetchedFrom < next) return { kind: 'recreated', next };
  return fetched.fetchedFrom > next ? { kind: 'behind', next } : { kind: 'current', next };
}

export const partitionKey = ({ topic, partition }: Pick<KafkaRecord, 'topic' | 'partition'>): string => `${topic}/${partition}`;

interface OffsetRow {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
}

/** Locks the rows of these partitions until the transaction ends, so that a consumer that lost them waits and then finds them moved. */
export async function lockOffsets(
  db: EntityManager,
  group: string,
  partitions: readonly Pick<KafkaRecord, 'topic' | 'partition'>[],
): Promise<Map<string, bigint>> {
  const found = await rows<OffsetRow>(
    db,
    `SELECT o.topic, o."partition", o.next_offset FROM consumed_offsets o
     JOIN unnest($2::text[], $3::int[]) AS p (topic, "partition") USING (topic, "partition")
     WHERE o.group_id = $1 ORDER BY o.topic, o."partition" FOR UPDATE OF o`,
    [group, partitions.map(({ topic }) => topic), partitions.map(({ partition }) => partition)],
  );
  return new Map(found.map((row) => [partitionKey(row), BigInt(row.next_offset)]));
}

/**
 * Moves each partition from the offset that was read to the one after the last record.
 * @throws OffsetMovedError when another consumer of the group moved one first; the transaction must not commit
 */
export async function moveOffsets(
  db: EntityManager,
  group: string,
  moves: readonly { topic: string; partition: number; from: bigint | null; to: bigint }[],
): Promise<void> {
  const moved = await rows(
    db,
    `INSERT INTO consumed_offsets AS o (group_id, topic, "partition", next_offset)
     SELECT $1, m.topic, m."partition", m.next FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) AS m (topic, "partition", seen, next)
     ORDER BY m.topic, m."partition"
     ON CONFLICT (group_id, topic, "partition") DO UPDATE SET next_offset = excluded.next_offset
     WHERE o.next_offset = (SELECT m.seen FROM unnest($2::text[], $3::int[], $4::bigint[]) AS m (topic, "partition", seen)
                            WHERE m.topic = o.topic AND m."partition" = o."partition")
     RETURNING 1`,
    [
      group,
      moves.map((m) => m.topic),
      moves.map((m) => m.partition),
      moves.map((m) => m.from?.toString() ?? null),
      moves.map((m) => m.to.toString()),
    ],
  );
  if (moved.length !== moves.length) throw new OffsetMovedError();
}

/** Not a fault: this consumer has lost the partition, and its transaction is undone. The next attempt reads the rows afresh. */
export class OffsetMovedError extends Error {
  constructor() {
    super('Another consumer of the group moved these offsets first; this batch is undone and read again.');
  }
}
