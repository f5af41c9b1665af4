import { Consumes, type Cause, type InboundRecord, type Transaction } from '@handoff/bus';
import { DEFAULT_TENANT, deriveId, handoffAccepted, handoffEscalations, type Fault, type HandoffId } from '@handoff/contracts';
import { Controller, Inject } from '@nestjs/common';
import { acceptedEvent } from '../domain/accepted-event.js';
import { agentOf, agentOfRefused } from '../domain/agent-of.js';
import { keyConflict } from '../domain/key-conflict.js';
import { knownBy, newnessOf } from '../domain/newness-of.js';
import { readEscalation, readInbound, taskIdOf, type InboundValue } from '../domain/read-escalation.js';
import { causeOf, recordId } from '../domain/record-identity.js';
import { handoffsAccepted, handoffsRepeated, secondsToAccepted } from '../intake.metrics.js';
import { Acceptances, type Candidate, type Outcome } from '../store/acceptances.js';
import { RefuseRecords, type RefusedRecord } from '../store/refuse-records.js';

interface Taken extends Candidate {
  readonly record: InboundRecord;
  readonly cause: Cause;
}
type Judged = { readonly kind: 'taken'; readonly taken: Taken } | { readonly kind: 'refused'; readonly refused: RefusedRecord };

@Controller()
export class EscalationsConsumer {
  constructor(
    @Inject(Acceptances) private readonly acceptances: Acceptances,
    @Inject(RefuseRecords) private readonly refusals: RefuseRecords,
  ) {}

  @Consumes(handoffEscalations)
  async accept(batch: readonly InboundRecord[], tx: Transaction): Promise<void> {
    const judged = batch.map(judge);
    const candidates = judged.flatMap((it) => (it.kind === 'taken' ? [it.taken] : []));
    const outcomes = await this.acceptances.keep(tx, candidates);
    const told = candidates.flatMap((taken) => tell(tx, taken, outcomes.get(taken)));
    await this.refusals.refuse(tx, [...judged.flatMap((it) => (it.kind === 'refused' ? [it.refused] : [])), ...told]);
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
      return [refusalOf(taken, keyConflict(outcome.handoffId))];
    case 'limited':
      return [{ ...refusalOf(taken, outcome.fault), retryAfter: outcome.retryAfter }];
    case undefined:
      return [];
  }
}

function publishAccepted(tx: Transaction, taken: Taken, { acceptedAt, sequence }: Outcome & { kind: 'accepted' }): void {
  const { packet } = taken.escalation;
  const facts = { ...taken, packet, taskId: packet.task_id, packetVersion: 1, acceptedAt, sequence };
  const event = acceptedEvent(facts, { event: 'accepted', knownBy: knownBy(taken.newness, taken.escalation) });
  tx.publish(handoffAccepted, [event], { causeOf: () => taken.cause });
  tx.afterCommit(() => {
    handoffsAccepted.inc({ door: 'kafka', urgency: packet.urgency });
    const took = Math.max(0, (Date.parse(acceptedAt) - Number(taken.record.timestamp)) / 1000);
    secondsToAccepted.observeFor(taken.cause.traceparent, {}, took);
  });
}

/** Pure: what a record is, by itself. */
function judge(record: InboundRecord): Judged {
  const inbound = readInbound(record);
  if (inbound.kind === 'unreadable') return { kind: 'refused', refused: refusal(record, inbound, inbound.faults) };
  const { envelope, value, headerFaults } = inbound;
  const escalation = readEscalation(value, envelope);
  if (escalation.kind === 'faults') return { kind: 'refused', refused: refusal(record, inbound, [...headerFaults, ...escalation.faults]) };
  const agent = agentOf(escalation.value.packet, envelope);
  const faults = [...headerFaults, ...(agent.kind === 'faults' ? agent.faults : [])];
  if (agent.kind === 'faults' || faults.length > 0) return { kind: 'refused', refused: refusal(record, inbound, faults) };
  const claimant = { tenant: DEFAULT_TENANT, agentId: agent.value };
  const taken: Taken = {
    ...claimant,
    record,
    cause: causeOf(record, envelope),
    handoffId: deriveId<HandoffId>('handoff', recordId(record)),
    kind: 'escalation',
    escalation: escalation.value,
    bytes: record.value ?? new Uint8Array(),
    newness: newnessOf(claimant, escalation.value),
  };
  return { kind: 'taken', taken };
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

function refusalOf({ record, cause, agentId, escalation }: Taken, fault: Fault): RefusedRecord {
  return {
    rejectionId: deriveId('rejection', recordId(record)),
    record,
    cause,
    taskId: escalation.packet.task_id,
    agentId,
    faults: [fault],
    unreadable: false,
  };
}
