import { Consumes, type Cause, type InboundRecord, type Transaction } from '@handoff/bus';
import { DEFAULT_TENANT, deriveId, handoffAccepted, handoffReplies, type Fault } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { agentOfRefused } from '../domain/agent-of.js';
import { readInbound, taskIdOf, type InboundValue } from '../domain/read-escalation.js';
import { readReply } from '../domain/read-reply.js';
import { causeOf, recordId } from '../domain/record-identity.js';
import { RefuseRecords, type RefusedRecord } from '../store/refuse-records.js';
import { Requests, type AskFor } from '../store/requests.js';

interface Taken extends AskFor {
  readonly record: InboundRecord;
  readonly inbound: InboundValue;
  readonly cause: Cause;
}
type Judged = { readonly kind: 'taken'; readonly taken: Taken } | { readonly kind: 'refused'; readonly refused: RefusedRecord };

@Controller()
export class RepliesConsumer {
  constructor(
    @Inject(Requests) private readonly requests: Requests,
    @Inject(RefuseRecords) private readonly refusals: RefuseRecords,
  ) {}

  @Consumes(handoffReplies)
  async ask(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    const judged = batch.map(judge);
    const taken = judged.flatMap((it) => (it.kind === 'taken' ? [it.taken] : []));
    const outcomes = await this.requests.ask(tx, taken);
    const refused = judged.flatMap((it) => (it.kind === 'refused' ? [it.refused] : []));
    for (const ask of taken) {
      const outcome = outcomes.get(ask);
      if (outcome?.kind === 'asked') tx.publish(handoffAccepted, [outcome.event], { causeOf: () => ask.cause });
      if (outcome?.kind === 'faults') refused.push(refusal(ask.record, ask.inbound, outcome.faults));
    }
    await this.refusals.refuse(tx, refused);
  }
}

/** Pure: what a record is, by itself. */
function judge(record: InboundRecord): Judged {
  const inbound = readInbound(record);
  if (inbound.kind === 'unreadable') return { kind: 'refused', refused: refusal(record, inbound, inbound.faults) };
  const reply = readReply(inbound.value);
  const faults = [...inbound.headerFaults, ...(reply.kind === 'faults' ? reply.faults : [])];
  if (reply.kind === 'faults' || faults.length > 0) return { kind: 'refused', refused: refusal(record, inbound, faults) };
  const requestId = deriveId('request', recordId(record));
  const cause = causeOf(record, inbound.envelope);
  return { kind: 'taken', taken: { ...reply.value, requestId, tenant: DEFAULT_TENANT, record, inbound, cause } };
}

function refusal(record: InboundRecord, inbound: InboundValue, faults: readonly Fault[]): RefusedRecord {
  const value = inbound.kind === 'value' ? inbound.value : null;
  return {
    rejectionId: deriveId('rejection', recordId(record)),
    record,
    cause: causeOf(record, inbound.envelope),
    taskId: taskIdOf(value),
    agentId: agentOfRefused(value, inbound.envelope),
    faults,
    unreadable: inbound.kind === 'unreadable',
  };
}
