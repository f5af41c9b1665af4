import {
  agentOfRefused,
  causeOf,
  Consumes,
  readInbound,
  recordId,
  refusedRecord,
  taskIdOf,
  type InboundRecord,
  type InboundValue,
  type RefusedRecord,
  type Transaction,
} from '@handoff/bus';
import { DEFAULT_TENANT, deriveId, handoffReplies } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { readReply } from '../domain/read-reply.js';
import { TakeReplies, type TakenReply } from '../store/take-replies.js';

type Judged = { readonly kind: 'taken'; readonly taken: TakenReply } | { readonly kind: 'refused'; readonly refused: RefusedRecord };

@Controller()
export class RepliesConsumer {
  constructor(@Inject(TakeReplies) private readonly replies: TakeReplies) {}

  @Consumes(handoffReplies)
  async take(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    const judged = batch.map(judge);
    await this.replies.take(
      tx,
      judged.flatMap((it) => (it.kind === 'taken' ? [it.taken] : [])),
      judged.flatMap((it) => (it.kind === 'refused' ? [it.refused] : [])),
    );
  }
}

/** Pure: what a record is, by itself. */
function judge(record: InboundRecord): Judged {
  const inbound = readInbound(record);
  if (inbound.kind === 'unreadable') return { kind: 'refused', refused: refusedRecord(record, inbound, inbound.faults) };
  const reply = readReply(inbound.value);
  const faults = [...inbound.headerFaults, ...(reply.kind === 'faults' ? reply.faults : [])];
  if (reply.kind === 'faults' || faults.length > 0) return { kind: 'refused', refused: refusedRecord(record, inbound, faults) };
  const requestId = deriveId('request', recordId(record));
  return { kind: 'taken', taken: { ...reply.value, ...writtenBy(record, inbound), requestId, tenant: DEFAULT_TENANT } };
}

function writtenBy(record: InboundRecord, inbound: InboundValue) {
  const value = inbound.kind === 'value' ? inbound.value : null;
  const { envelope } = inbound;
  return { record, cause: causeOf(record, envelope), named: agentOfRefused(value, envelope), taskId: taskIdOf(value) };
}
