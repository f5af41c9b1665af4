import {
  boundFaults,
  DEFAULT_TENANT,
  deriveId,
  handoffRejected,
  type Fault,
  type FaultCode,
  type HandoffRejected,
  type Seconds,
  type TaskId,
} from '@handoff/contracts';
import type { Cause } from './cause.js';
import { writeDeadLetters } from './dead-letters.js';
import type { InboundRecord, KafkaRecord } from './kafka-record.js';
import { agentOfRefused, taskIdOf, type InboundValue } from './read-inbound.js';
import { causeOf, recordId } from './record-identity.js';
import type { Transaction } from './transaction.js';

/** A record of an agent that is not taken. */
export interface RefusedRecord {
  readonly rejectionId: string;
  readonly record: KafkaRecord;
  readonly cause: Cause;
  readonly taskId: TaskId | null;
  readonly agentId: string | null;
  readonly faults: readonly Fault[];
  /** Bytes that nothing can read go to the dead letters as well. */
  readonly unreadable: boolean;
  /** Where it may be sent again as it is. */
  readonly retryAfter?: Seconds;
}

/** The same for every delivery of the record. */
export const rejectionIdOf = (record: KafkaRecord): string => deriveId('rejection', recordId(record));

/** With as much as can be said of what was not understood. */
export function refusedRecord(record: InboundRecord, inbound: InboundValue, faults: readonly Fault[]): RefusedRecord {
  const value = inbound.kind === 'value' ? inbound.value : null;
  return {
    rejectionId: rejectionIdOf(record),
    record,
    cause: causeOf(record, inbound.envelope),
    taskId: taskIdOf(value),
    agentId: agentOfRefused(value, inbound.envelope),
    faults,
    unreadable: inbound.kind === 'unreadable',
  };
}

export interface Refusing {
  /** In the service's own table. @returns by their ids when those were refused that were not before */
  readonly keep: (refused: readonly RefusedRecord[]) => Promise<ReadonlyMap<string, Date>>;
  /** Told of each code of each refusal, once that is committed. */
  readonly count: (code: FaultCode) => void;
}

/** Tells agents what was wrong with their records, once: kept, published, and dead-lettered where the bytes are unreadable. */
export async function refuseRecords(tx: Transaction, refused: readonly RefusedRecord[], { keep, count }: Refusing): Promise<void> {
  if (refused.length === 0) return;
  const kept = await keep(refused);
  const fresh = refused.filter(({ rejectionId }) => kept.has(rejectionId));
  const causes = new Map(fresh.map(({ rejectionId, cause }) => [rejectionId, cause]));
  const events = refused.flatMap((it) => {
    const at = kept.get(it.rejectionId);
    return at ? [rejectedEvent(it, at)] : [];
  });
  tx.publish(handoffRejected, events, {
    identityOf: ({ rejection_id }) => [rejection_id],
    causeOf: ({ rejection_id }) => causes.get(rejection_id),
  });
  await writeDeadLetters(
    tx,
    fresh.flatMap(({ record, faults, unreadable }) => {
      const why = faults.at(-1);
      return unreadable && why ? [{ record, fault: why, isRefused: true }] : [];
    }),
  );
  tx.refused.push(...refused.flatMap(({ faults }) => faults.slice(-1)));
  tx.afterCommit(() => {
    for (const { faults } of fresh) for (const code of new Set(faults.map((it) => it.code))) count(code);
  });
}

function rejectedEvent({ rejectionId, record, taskId, agentId, faults, retryAfter }: RefusedRecord, rejectedAt: Date): HandoffRejected {
  const { topic, partition, offset } = record;
  return {
    tenant: DEFAULT_TENANT,
    rejection_id: rejectionId,
    task_id: taskId,
    agent_id: agentId,
    record: { topic, partition, offset: String(offset) },
    errors: boundFaults(faults),
    retry_after: retryAfter ?? null,
    rejected_at: rejectedAt.toISOString(),
  };
}
