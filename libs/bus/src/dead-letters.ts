import { deriveId, isDeadLetterTopic, sha256 } from '@handoff/contracts';
import type { Logger } from '@handoff/telemetry';
import { recordsDeadLettered } from './bus.metrics.js';
import type { KafkaRecord } from './kafka-record.js';
import { toRawHeaders } from './raw-headers.js';
import { storable } from './storable.js';
import type { Transaction } from './transaction.js';

/** A record that could not be taken, and why. */
export interface DeadLetter {
  readonly record: KafkaRecord;
  readonly fault: { readonly code: string; readonly message: string };
  /** Its agent was told what is wrong with it; nothing of ours is lost. */
  readonly isRefused?: boolean;
}

/** For what the bus gave up on: kept, counted and said. */
export async function keepDeadLetters(tx: Transaction, dead: readonly DeadLetter[], log: Logger): Promise<void> {
  if (dead.length === 0) return;
  await writeDeadLetters(tx, dead);
  tx.afterCommit(() => {
    for (const { record, fault } of dead) {
      const { topic, partition, offset } = record;
      recordsDeadLettered.inc({ topic });
      log.error({ topic, partition, offset: String(offset), fault }, 'A record could not be taken; it is kept as a dead letter');
    }
  });
}

/** The records with their bytes as they came: as rows, from which they can be replayed, and on the dead letter topic. */
export async function writeDeadLetters(tx: Transaction, dead: readonly DeadLetter[]): Promise<void> {
  if (dead.length === 0) return;
  await tx.rows(
    `INSERT INTO dead_letters (id, topic, "partition", "offset", record_timestamp, key, value, headers, raw_headers, error_code, error_message, refused, died_at)
     SELECT id, topic, "partition", "offset", at, decode(key, 'base64'), decode(value, 'base64'), headers, raw, code, message, refused, handoff_now()
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[], $10::text[], $11::text[], $12::boolean[])
       AS it (id, topic, "partition", "offset", at, key, value, headers, raw, code, message, refused)
     ON CONFLICT DO NOTHING`,
    [
      dead.map(({ record }) => deadLetterId(record)),
      dead.map(({ record }) => record.topic),
      dead.map(({ record }) => record.partition),
      dead.map(({ record }) => String(record.offset)),
      dead.map(({ record }) => record.timestamp),
      dead.map(({ record }) => record.key?.toString('base64') ?? null),
      dead.map(({ record }) => record.value?.toString('base64') ?? null),
      dead.map(({ record }) => JSON.stringify(printableHeaders(record))),
      dead.map(({ record }) => JSON.stringify(toRawHeaders(record.headers))),
      dead.map(({ fault }) => fault.code),
      dead.map(({ fault }) => storable(fault.message)),
      dead.map(({ isRefused = false }) => isRefused),
    ],
  );
  // A dead letter of a dead letter ends here, as a row: it must not make another one.
  for (const { record, fault } of dead)
    if (!isDeadLetterTopic(record.topic)) tx.publishDeadLetter(record, deadLetterId(record), fault.code, fault.message);
}

/** The same record, given up on again after a restore, is the same dead letter. */
const deadLetterId = (record: KafkaRecord): string =>
  deriveId(record.topic, record.partition, String(record.offset), record.timestamp, sha256(record.value ?? ''));

const printableHeaders = (record: KafkaRecord): Record<string, string> =>
  Object.fromEntries(Object.entries(record.headers).map(([name, value]) => [storable(name), storable(String(value))]));
