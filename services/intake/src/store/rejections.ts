import type { KafkaRecord, Transaction } from '@handoff/bus';
import { boundFaults, DEFAULT_TENANT, type Fault, type HandoffRejected, type Seconds, type TaskId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { rejectionName, Vault } from './vault.js';

/** A record of an agent that is not taken. */
export interface Refusal {
  readonly rejectionId: string;
  readonly record: KafkaRecord;
  readonly taskId: TaskId | null;
  readonly agentId: string | null;
  readonly faults: readonly Fault[];
  /** Where it may be sent again as it is. */
  readonly retryAfter?: Seconds;
}

@Injectable()
export class Rejections {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  /** @returns the events of those that were not refused before */
  async keep(tx: Transaction, refusals: readonly Refusal[]): Promise<ReadonlyMap<Refusal, HandoffRejected>> {
    if (refusals.length === 0) return new Map();
    const kept = await tx.rows<{ rejection_id: string; rejected_at: Date }>(
      `INSERT INTO rejections (rejection_id, tenant, agent_id, task_id, topic, "partition", "offset", errors, sent, rejected_at)
       SELECT r.*, clock.at
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::jsonb[], $9::bytea[]) AS r,
            (SELECT handoff_now() AS at) AS clock
       ON CONFLICT DO NOTHING RETURNING rejection_id, rejected_at`,
      columnsOf(refusals.map((refusal) => this.columns(refusal))),
    );
    const at = new Map(kept.map((row) => [row.rejection_id, row.rejected_at]));
    return new Map(
      refusals.flatMap((refusal) => {
        const rejectedAt = at.get(refusal.rejectionId);
        return rejectedAt ? [[refusal, rejectedEvent(refusal, rejectedAt)] as const] : [];
      }),
    );
  }

  private columns({ rejectionId, record, taskId, agentId, faults }: Refusal): readonly unknown[] {
    const { topic, partition, offset, value } = record;
    const sent = value === null ? null : this.vault.seal(value, rejectionName(rejectionId));
    return [rejectionId, DEFAULT_TENANT, agentId, taskId, topic, partition, String(offset), JSON.stringify(boundFaults(faults)), sent];
  }
}

/** Rows as one array per column, as `unnest` takes them. */
function columnsOf(rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const [first = []] = rows;
  return first.map((_, column) => rows.map((row) => row[column]));
}

function rejectedEvent({ rejectionId, record, taskId, agentId, faults, retryAfter }: Refusal, rejectedAt: Date): HandoffRejected {
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
