import { causeOf, Consumes, readInbound, refusedRecord, type InboundRecord, type RefusedRecord, type Transaction } from '@handoff/bus';
import { DEFAULT_TENANT, handoffOutcomes } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { readOutcome } from '../domain/read-outcome.js';
import { refuseOutcomes } from '../store/refuse-outcomes.js';
import { takeOutcomes, type TakenOutcome } from './take-outcomes.js';

type Judged = { readonly kind: 'taken'; readonly taken: TakenOutcome } | { readonly kind: 'refused'; readonly refused: RefusedRecord };

@Controller()
export class HandoffOutcomesConsumer {
  @Consumes(handoffOutcomes)
  async take(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    const judged = batch.map(judge);
    await takeOutcomes(
      tx,
      judged.flatMap((it) => (it.kind === 'taken' ? [it.taken] : [])),
    );
    await refuseOutcomes(
      tx,
      judged.flatMap((it) => (it.kind === 'refused' ? [it.refused] : [])),
    );
  }
}

/** Pure: what a record is, by itself. */
function judge(record: InboundRecord): Judged {
  const inbound = readInbound(record);
  if (inbound.kind === 'unreadable') return { kind: 'refused', refused: refusedRecord(record, inbound, inbound.faults) };
  const outcome = readOutcome(inbound.value, DEFAULT_TENANT, inbound.envelope);
  const faults = [...inbound.headerFaults, ...(outcome.kind === 'faults' ? outcome.faults : [])];
  if (outcome.kind === 'faults' || faults.length > 0) return { kind: 'refused', refused: refusedRecord(record, inbound, faults) };
  return { kind: 'taken', taken: { outcome: outcome.value, cause: causeOf(record, inbound.envelope) } };
}
