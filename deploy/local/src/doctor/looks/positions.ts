import { SERVICES, type Milliseconds, type Service } from '@handoff/contracts';
import type { Admin } from 'kafkajs';
import pg from 'pg';
import type { Installation } from '../../command/installation.js';
import { SERVICE_SCHEMAS } from '../../database/service-schema.js';

/** By `topic/partition`, with the installation's prefix. */
export type Offsets = ReadonlyMap<string, bigint>;

export interface Positions {
  /** From the schemas, where a service's own offsets are. What it tells Kafka is for lag tools, and may be some seconds old. */
  readonly isExact: boolean;
  readonly of: ReadonlyMap<Service, Offsets>;
}

const WITHIN_MS: Milliseconds = 3000;

export const groupOf = ({ groupPrefix }: Installation, service: Service): string => `${groupPrefix}handoff-${service}`;

/** Where each service goes on reading: by its schema, else by what it told Kafka. */
export async function positionsOf(admin: Admin, installation: Installation): Promise<Positions> {
  try {
    if (installation.databaseUrl !== null) return { isExact: true, of: await inSchemas(installation, installation.databaseUrl) };
  } catch {
    // That Postgres does not answer is another look's to say.
  }
  const told = await Promise.all(
    SERVICES.map(async (service) => [service, await toldToKafka(admin, groupOf(installation, service))] as const),
  );
  return { isExact: false, of: new Map(told) };
}

interface OffsetRow {
  readonly topic: string;
  readonly partition: number;
  readonly next_offset: string;
}

async function inSchemas(installation: Installation, connectionString: string): Promise<ReadonlyMap<Service, Offsets>> {
  const within = { connectionTimeoutMillis: WITHIN_MS, statement_timeout: WITHIN_MS };
  const db = new pg.Client({ connectionString, application_name: 'handoff-doctor', ...within });
  db.on('error', () => undefined); // a connection that was cut fails its statement, too
  try {
    await db.connect();
    const found = new Map<Service, Offsets>();
    for (const { service, schema } of SERVICE_SCHEMAS) {
      const { rows } = await db.query<OffsetRow>(
        `SELECT topic, "partition", next_offset FROM ${pg.escapeIdentifier(schema)}.consumed_offsets WHERE group_id = $1`,
        [groupOf(installation, service)],
      );
      const keyOf = ({ topic, partition }: OffsetRow): string => `${installation.topicPrefix}${topic}/${partition}`;
      found.set(service, new Map(rows.map((row) => [keyOf(row), BigInt(row.next_offset)])));
    }
    return found;
  } finally {
    void db.end().catch(() => undefined); // nobody waits for it
  }
}

async function toldToKafka(admin: Admin, groupId: string): Promise<Offsets> {
  const topics = await admin.fetchOffsets({ groupId });
  return new Map(
    topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset }) => [`${topic}/${partition}`, BigInt(offset)] as const),
    ),
  );
}
