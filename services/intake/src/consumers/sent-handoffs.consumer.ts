import {
  causeOf,
  Consumes,
  readInbound,
  recordId,
  refusedRecord,
  rejectionIdOf,
  type Cause,
  type InboundRecord,
  type RefusedRecord,
  type Transaction,
} from '@handoff/bus';
import {
  DEFAULT_TENANT,
  deriveId,
  handoffAccepted,
  handoffDelegations,
  handoffEscalations,
  handoffTransfers,
  ok,
  type Fault,
  type HandoffId,
  type TakenKind,
} from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { keyConflict } from '../domain/key-conflict.js';
import { newnessOf } from '../domain/newness-of.js';
import { readSent } from '../domain/read-sent.js';
import { senderOf } from '../domain/sender-of.js';
import { handoffsAccepted, handoffsRepeated, secondsToAccepted } from '../intake.metrics.js';
import { acceptanceOf, Acceptances, type Candidate, type Outcome } from '../store/acceptances.js';
import { Templates } from '../store/templates.js';
import { withTemplate, type FindTemplate } from '../templates/with-template.js';
import { Rejections } from '../store/rejections.js';

interface Taken extends Candidate {
  readonly record: InboundRecord;
  readonly cause: Cause;
}
type Judged = { readonly kind: 'taken'; readonly taken: Taken } | { readonly kind: 'refused'; readonly refused: RefusedRecord };

const NO_TEMPLATES: FindTemplate = () => null;

/** Whatever is handed over comes in alike; its topic says which kind it is. */
@Controller()
export class SentHandoffsConsumer {
  constructor(
    @Inject(Acceptances) private readonly acceptances: Acceptances,
    @Inject(Rejections) private readonly rejections: Rejections,
    @Inject(Templates) private readonly templates: Templates,
  ) {}

  @Consumes(handoffEscalations)
  async escalated(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    await this.accept('escalation', batch, tx);
  }

  @Consumes(handoffDelegations)
  async delegated(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    await this.accept('delegation', batch, tx);
  }

  @Consumes(handoffTransfers)
  async passedOn(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    await this.accept('transfer', batch, tx);
  }

  private async accept(kind: TakenKind, batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    const find = kind === 'delegation' ? await this.templates.finder(DEFAULT_TENANT) : NO_TEMPLATES;
    const judged = batch.map((record) => judge(kind, record, find));
    const candidates = judged.flatMap((it) => (it.kind === 'taken' ? [it.taken] : []));
    const outcomes = await this.acceptances.keep(tx, candidates);
    const told = candidates.flatMap((taken) => tell(tx, taken, outcomes.get(taken)));
    await this.rejections.refuse(tx, [...judged.flatMap((it) => (it.kind === 'refused' ? [it.refused] : [])), ...told]);
  }
}

/** @returns the refusal, where the packet turned out to contradict an earlier one, or to be too much */
function tell(tx: Transaction, taken: Taken, outcome: Outcome | undefined): readonly RefusedRecord[] {
  switch (outcome?.kind) {
    case 'accepted':
      publishAccepted(tx, taken, outcome);
      return [];
    case 'repeated':
      tx.afterCommit(() => handoffsRepeated.inc({ door: 'kafka', rule: outcome.rule }));
      return [];
    case 'conflicting':
      return [refusalOf(taken, [keyConflict(outcome.handoffId)])];
    case 'refused':
      return [refusalOf(taken, outcome.faults)];
    case 'limited':
      return [{ ...refusalOf(taken, [outcome.fault]), retryAfter: outcome.retryAfter }];
    case undefined:
      return [];
  }
}

function publishAccepted(tx: Transaction, taken: Taken, outcome: Outcome & { kind: 'accepted' }): void {
  const { urgency } = taken.sent.packet;
  tx.publish(handoffAccepted, [acceptanceOf(taken, outcome)], { causeOf: () => taken.cause });
  tx.afterCommit(() => {
    handoffsAccepted.inc({ door: 'kafka', urgency });
    const took = Math.max(0, (Date.parse(outcome.acceptedAt) - Number(taken.record.timestamp)) / 1000);
    secondsToAccepted.observeFor(taken.cause.traceparent, {}, took);
  });
}

/** Pure: what a record is, by itself. */
function judge(kind: TakenKind, record: InboundRecord, find: FindTemplate): Judged {
  const inbound = readInbound(record);
  if (inbound.kind === 'unreadable') return { kind: 'refused', refused: refusedRecord(record, inbound, inbound.faults) };
  const { envelope, value, headerFaults } = inbound;
  const made = kind === 'delegation' ? withTemplate(value, find) : ok(value);
  const sent = made.kind === 'ok' ? readSent(kind, made.value, envelope) : made;
  if (sent.kind === 'faults') return { kind: 'refused', refused: refusedRecord(record, inbound, [...headerFaults, ...sent.faults]) };
  const sender = senderOf(sent.value, envelope);
  const faults = [...headerFaults, ...(sender.kind === 'faults' ? sender.faults : [])];
  if (sender.kind === 'faults' || faults.length > 0) return { kind: 'refused', refused: refusedRecord(record, inbound, faults) };
  const { agentId, by, givenBy } = sender.value;
  const taken: Taken = {
    tenant: DEFAULT_TENANT,
    agentId,
    givenBy,
    record,
    cause: causeOf(record, envelope),
    handoffId: deriveId<HandoffId>('handoff', recordId(record)),
    sent: sent.value,
    bytes: made.kind === 'ok' && made.value !== value ? Buffer.from(JSON.stringify(made.value)) : (record.value ?? new Uint8Array()),
    newness: newnessOf({ tenant: DEFAULT_TENANT, by }, sent.value),
  };
  return { kind: 'taken', taken };
}

function refusalOf({ record, cause, agentId, sent }: Taken, faults: readonly Fault[]): RefusedRecord {
  return {
    rejectionId: rejectionIdOf(record),
    record,
    cause,
    taskId: sent.packet.task_id,
    agentId,
    faults,
    unreadable: false,
  };
}
