import { writeDeadLetters, type Cause, type Transaction } from '@handoff/bus';
import { handoffRejected } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { recordsRejected } from '../intake.metrics.js';
import { Rejections, type Refusal } from './rejections.js';

export interface RefusedRecord extends Refusal {
  readonly cause: Cause;
  /** Bytes that nothing can read go to the dead letters as well. */
  readonly unreadable: boolean;
}

/** Tells agents what was wrong with their records: kept, published, and dead-lettered where the bytes are unreadable. */
@Injectable()
export class RefuseRecords {
  constructor(@Inject(Rejections) private readonly rejections: Rejections) {}

  async refuse(tx: Transaction, refusals: readonly RefusedRecord[]): Promise<void> {
    const kept = await this.rejections.keep(tx, refusals);
    const fresh = refusals.filter((refusal) => kept.has(refusal));
    const causes = new Map(fresh.map(({ rejectionId, cause }) => [rejectionId, cause]));
    tx.publish(handoffRejected, [...kept.values()], {
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
    tx.refused.push(...refusals.flatMap(({ faults }) => faults.slice(-1)));
    tx.afterCommit(() => {
      for (const { faults } of fresh) for (const code of new Set(faults.map((it) => it.code))) recordsRejected.inc({ door: 'kafka', code });
    });
  }
}
