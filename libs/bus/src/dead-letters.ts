import { deriveId, isDeadLetterTopic, maskText, sha256 } from '@handoff/contracts';
import type { Logger } from '@handoff/telemetry';
import { recordsDeadLettered } from './bus.metrics.js';
import type { KafkaRecord } from './kafka-record.js';
import { toRawHeaders } from './raw-headers.js';
import { isUnmasked, maskRecord, sealContent, type Seal } from './seal.js';
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

interface Kept extends DeadLetter {
  readonly id: string;
  readonly sealed: Buffer | null;
}

/** As rows, from which they can be replayed, and on the dead letter topic: with their bytes, those of agents masked. */
export async function writeDeadLetters(tx: Transaction, dead: readonly DeadLetter[]): Promise<void> {
  if (dead.length === 0) return;
  const kept = dead.map((it) => keep(tx.seal, it));
  await tx.rows(
    `INSERT INTO dead_letters (id, topic, "partition", "offset", record_timestamp, key, value, headers, raw_headers, error_code, error_message, refused, sealed, died_at)
     SELECT id, topic, "partition", "offset", at, decode(key, 'base64'), decode(value, 'base64'), headers, raw, code, message, refused, decode(sealed, 'base64'), handoff_now()
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[], $10::text[], $11::text[], $12::boolean[], $13::text[])
       AS it (id, topic, "partition", "offset", at, key, value, headers, raw, code, message, refused, sealed)
     ON CONFLICT DO NOTHING`,
    [
      kept.map(({ id }) => id),
      kept.map(({ record }) => record.topic),
      kept.map(({ record }) => record.partition),
      kept.map(({ record }) => String(record.offset)),
      kept.map(({ record }) => record.timestamp),
      kept.map(({ record }) => record.key?.toString('base64') ?? null),
      kept.map(({ record }) => record.value?.toString('base64') ?? null),
      kept.map(({ record }) => JSON.stringify(printableHeaders(record))),
      kept.map(({ record }) => JSON.stringify(toRawHeaders(record.headers))),
      kept.map(({ fault }) => fault.code),
      kept.map(({ fault }) => storable(fault.message)),
      kept.map(({ isRefused = false }) => isRefused),
      kept.map(({ sealed }) => sealed?.toString('base64') ?? null),
    ],
  );
  // A dead letter of a dead letter ends here, as a row: it must not make another one.
  for (const { record, id, fault } of kept)
    if (!isDeadLetterTopic(record.topic)) tx.publishDeadLetter(record, id, fault.code, fault.message);
}

function keep(seal: Seal | null, { record, fault: { code, message }, isRefused = false }: DeadLetter): Kept {
  const id = deadLetterId(record);
  const fault = { code, message: maskText(message) };
  if (!isUnmasked(record)) return { id, record, fault, isRefused, sealed: null };
  return { id, record: maskRecord(record), fault, isRefused, sealed: seal && sealContent(seal, id, record) };
}

/** The same record, given up on again after a restore, is the same dead letter. */
const deadLetterId = (record: KafkaRecord): string =>
  deriveId(record.topic, record.partition, String(record.offset), record.timestamp, sha256(record.value ?? ''));

const printableHeaders = (record: KafkaRecord): Record<string, string> =>
  Object.fromEntries(Object.entries(record.headers).map(([name, value]) => [storable(name), storable(String(value))]));
