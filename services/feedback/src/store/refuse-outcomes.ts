import { refuseRecords, type RefusedRecord, type Transaction } from '@handoff/bus';
import { boundFaults } from '@handoff/contracts';
import { outcomesRejected } from '../feedback.metrics.js';

export const refuseOutcomes = (tx: Transaction, refused: readonly RefusedRecord[]): Promise<void> =>
  refuseRecords(tx, refused, {
    keep: (records) => keep(tx, records),
    count: (code) => outcomesRejected.inc({ door: 'kafka', code }),
  });

async function keep(tx: Transaction, refused: readonly RefusedRecord[]): Promise<ReadonlyMap<string, Date>> {
  const kept = await tx.rows<{ rejection_id: string; rejected_at: Date }>(
    `INSERT INTO rejections (rejection_id, topic, "partition", "offset", task_id, agent_id, errors, rejected_at)
     SELECT r.*, clock.at FROM jsonb_to_recordset($1)
       AS r (rejection_id uuid, topic text, "partition" int, "offset" bigint, task_id text, agent_id text, errors jsonb),
       (SELECT handoff_now() AS at) AS clock
     ON CONFLICT DO NOTHING RETURNING rejection_id, rejected_at`,
    [JSON.stringify(refused.map(rowOf))],
  );
  return new Map(kept.map(({ rejection_id, rejected_at }) => [rejection_id, rejected_at]));
}

const rowOf = ({ rejectionId, record: { topic, partition, offset }, taskId, agentId, faults }: RefusedRecord) => ({
  rejection_id: rejectionId,
  topic,
  partition,
  offset: String(offset),
  task_id: taskId,
  agent_id: agentId,
  errors: boundFaults(faults),
});
