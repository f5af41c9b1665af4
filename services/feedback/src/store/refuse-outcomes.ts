import { writeDeadLetters, type Cause, type KafkaRecord, type Transaction } from '@handoff/bus';
import { boundFaults, DEFAULT_TENANT, handoffRejected, type Fault, type HandoffRejected, type TaskId } from '@handoff/contracts';
import { outcomesRejected } from '../feedback.metrics.js';

/** A record of an agent that is not taken. */
export interface Refused {
  readonly rejectionId: string;
  readonly record: KafkaRecord;
  readonly cause: Cause;
  readonly taskId: TaskId | null;
  readonly agentId: string | null;
  readonly faults: readonly Fault[];
  /** Bytes that nothing can read go to the dead letters as well. */
  readonly unreadable: boolean;
}

/** Tells agents what was wrong with their records, once. */
export async function refuseOutcomes(tx: Transaction, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return;
  const kept = await keep(tx, refused);
  const fresh = refused.flatMap((it) => {
    const at = kept.get(it.rejectionId);
    return at ? [{ it, event: rejectedEvent(it, at) }] : [];
  });
  for (const { it, event } of fresh)
    tx.publish(handoffRejected, [event], { identityOf: ({ rejection_id }) => [rejection_id], causeOf: () => it.cause });
  await writeDeadLetters(
    tx,
    fresh.flatMap(({ it: { record, faults, unreadable } }) => {
      const why = faults.at(-1);
      return unreadable && why ? [{ record, fault: why, isRefused: true }] : [];
    }),
  );
  tx.refused.push(...refused.flatMap(({ faults }) => faults.slice(-1)));
  tx.afterCommit(() => {
    for (const { it } of fresh)
      for (const code of new Set(it.faults.map((fault) => fault.code))) outcomesRejected.inc({ door: 'kafka', code });
  });
}

async function keep(tx: Transaction, refused: readonly Refused[]): Promise<ReadonlyMap<string, Date>> {
  const kept = await tx.rows<{ rejection_id: string; rejected_at: Date }>(
    `INSERT INTO rejections (rejection_id, topic, "partition", "offset", task_id, agent_id, errors, rejected_at)
     SELECT r.*, clock.at FROM jsonb_to_recordset($1)
       AS r (rejection_id uuid, topic text, "partition" int, "offset" bigint, task_id text, agent_id text, errors jsonb),
       (SELECT handoff_now() AS at) AS clock
     ON CONFLICT DO NOTHING RETURNING rejection_id, rejected_at`,
    [JSON.stringify(refused.map((it) => ({ ...positionOf(it), ...namesOf(it), errors: boundFaults(it.faults) })))],
  );
  return new Map(kept.map(({ rejection_id, rejected_at }) => [rejection_id, rejected_at]));
}

const positionOf = ({ record: { topic, partition, offset } }: Refused) => ({ topic, partition, offset: String(offset) });
const namesOf = ({ rejectionId, taskId, agentId }: Refused) => ({ rejection_id: rejectionId, task_id: taskId, agent_id: agentId });

const rejectedEvent = (it: Refused, rejectedAt: Date): HandoffRejected => ({
  tenant: DEFAULT_TENANT,
  ...namesOf(it),
  record: positionOf(it),
  errors: boundFaults(it.faults),
  retry_after: null,
  rejected_at: rejectedAt.toISOString(),
});
