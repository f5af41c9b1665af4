import { deriveId, sha256 } from '@handoff/contracts';
import type { Logger } from '@handoff/telemetry';
import { recordsDeadLettered } from './bus.metrics.js';
import type { KafkaRecord } from './kafka-record.js';
import type { Dead } from './open-record.js';
import { storable } from './storable.js';
import type { Transaction } from './transaction.js';

/** Keeps records that no handler could take, with their bytes as they came, as rows and on the dead letter topic. */
export async function keepDeadLetters(tx: Transaction, dead: readonly Dead[], log: Logger): Promise<void> {
  if (dead.length === 0) return;
  await tx.rows(
    `INSERT INTO dead_letters (id, topic, "partition", "offset", key, value, headers, error_code, error_message, died_at)
     SELECT id, topic, "partition", "offset", decode(key, 'base64'), decode(value, 'base64'), headers, code, message, handoff_now()
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::jsonb[], $8::text[], $9::text[])
       AS it (id, topic, "partition", "offset", key, value, headers, code, message)
     ON CONFLICT DO NOTHING`,
    [
      dead.map(({ record }) => idOf(record)),
      dead.map(({ record }) => record.topic),
      dead.map(({ record }) => record.partition),
      dead.map(({ record }) => String(record.offset)),
      dead.map(({ record }) => record.key?.toString('base64') ?? null),
      dead.map(({ record }) => record.value?.toString('base64') ?? null),
      dead.map(({ record }) => JSON.stringify(printableHeaders(record))),
      dead.map(({ fault }) => fault.code),
      dead.map(({ fault }) => storable(fault.message)),
    ],
  );
  for (const { record, fault } of dead) tx.publishDeadLetter(record, fault.code, fault.message);
  tx.afterCommit(() => {
    for (const { record, fault } of dead) {
      const { topic, partition, offset } = record;
      recordsDeadLettered.inc({ topic });
      log.error({ topic, partition, offset: String(offset), fault }, 'A record could not be taken; it is kept as a dead letter');
    }
  });
}

const idOf = (record: KafkaRecord): string =>
  deriveId(record.topic, record.partition, String(record.offset), record.timestamp, sha256(record.value ?? ''));

const printableHeaders = (record: KafkaRecord): Record<string, string> =>
  Object.fromEntries(Object.entries(record.headers).map(([name, value]) => [storable(name), storable(String(value))]));
