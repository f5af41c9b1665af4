import {
  agentOfRefused,
  causeOf,
  Consumes,
  readInbound,
  recordId,
  taskIdOf,
  type InboundRecord,
  type InboundValue,
  type Transaction,
} from '@handoff/bus';
import { DEFAULT_TENANT, deriveId, handoffOutcomes, type Fault } from '@handoff/contracts';
import { Controller } from '@nestjs/common';
import { readOutcome } from '../domain/read-outcome.js';
import { refuseOutcomes, type Refused } from '../store/refuse-outcomes.js';
import { takeOutcomes, type TakenOutcome } from './take-outcomes.js';

type Judged = { readonly kind: 'taken'; readonly taken: TakenOutcome } | { readonly kind: 'refused'; readonly refused: Refused };

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
  if (inbound.kind === 'unreadable') return refused(record, inbound, inbound.faults);
  const outcome = readOutcome(inbound.value, DEFAULT_TENANT, inbound.envelope);
  const faults = [...inbound.headerFaults, ...(outcome.kind === 'faults' ? outcome.faults : [])];
  if (outcome.kind === 'faults' || faults.length > 0) return refused(record, inbound, faults);
  return { kind: 'taken', taken: { outcome: outcome.value, cause: causeOf(record, inbound.envelope) } };
}

function refused(record: InboundRecord, inbound: InboundValue, faults: readonly Fault[]): Judged {
  const value = inbound.kind === 'value' ? inbound.value : null;
  return {
    kind: 'refused',
    refused: {
      rejectionId: deriveId('rejection', recordId(record)),
      record,
      cause: causeOf(record, inbound.envelope),
      taskId: taskIdOf(value),
      agentId: agentOfRefused(value, inbound.envelope),
      faults,
      unreadable: inbound.kind === 'unreadable',
    },
  };
}
