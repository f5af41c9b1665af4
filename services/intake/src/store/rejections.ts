import { refuseRecords, type RefusedRecord, type Transaction } from '@handoff/bus';
import { boundFaults, DEFAULT_TENANT } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { recordsRejected } from '../intake.metrics.js';
import { rejectionName, Vault } from './vault.js';

/** Records of agents that are not taken, with their bytes, encrypted as packets are. */
@Injectable()
export class Rejections {
  constructor(@Inject(Vault) private readonly vault: Vault) {}

  async refuse(tx: Transaction, refused: readonly RefusedRecord[]): Promise<void> {
    await refuseRecords(tx, refused, {
      keep: (records) => this.keep(tx, records),
      count: (code) => recordsRejected.inc({ door: 'kafka', code }),
    });
  }

  private async keep(tx: Transaction, refused: readonly RefusedRecord[]): Promise<ReadonlyMap<string, Date>> {
    const kept = await tx.rows<{ rejection_id: string; rejected_at: Date }>(
      `INSERT INTO rejections (rejection_id, tenant, agent_id, task_id, topic, "partition", "offset", errors, sent, rejected_at)
       SELECT r.*, clock.at
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::jsonb[], $9::bytea[]) AS r,
            (SELECT handoff_now() AS at) AS clock
       ON CONFLICT DO NOTHING RETURNING rejection_id, rejected_at`,
      columnsOf(refused.map((it) => this.columns(it))),
    );
    return new Map(kept.map((row) => [row.rejection_id, row.rejected_at]));
  }

  private columns({ rejectionId, record, taskId, agentId, faults }: RefusedRecord): readonly unknown[] {
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
