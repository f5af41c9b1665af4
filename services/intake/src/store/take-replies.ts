import { rejectionIdOf, type Cause, type KafkaRecord, type RefusedRecord, type Transaction } from '@handoff/bus';
import { handoffAccepted, handoffReplied, type Fault, type FaultCode, type TaskId } from '@handoff/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { IntakeConfig } from '../intake.config.js';
import { HeldReplies } from './held-replies.js';
import { Rejections } from './rejections.js';
import { Requests, type AskFor } from './requests.js';

/** A valid reply, and the record that it came in. */
export interface TakenReply extends AskFor {
  readonly record: KafkaRecord;
  readonly cause: Cause;
  /** Who wrote it and about which task, as far as the record says. */
  readonly named: string | null;
  readonly taskId: TaskId | null;
}

/** Asks what agents' replies ask; what names a handoff that is not here yet is held, and refused when it does not come. */
@Injectable()
export class TakeReplies {
  constructor(
    @Inject(Requests) private readonly requests: Requests,
    @Inject(HeldReplies) private readonly held: HeldReplies,
    @Inject(Rejections) private readonly rejections: Rejections,
    @Inject(IntakeConfig) private readonly config: IntakeConfig,
  ) {}

  /** @param refused records that are refused whatever the others say */
  async take(tx: Transaction, replies: readonly TakenReply[], refused: readonly RefusedRecord[]): Promise<void> {
    const failed = await this.ask(tx, replies);
    const early = failed.filter(({ faults }) => isUnknown(faults));
    await this.held.hold(
      tx,
      early.map(({ reply }) => reply),
      this.config.REPLY_HOLD_SECONDS,
    );
    await this.rejections.refuse(tx, [...refused, ...failed.filter((it) => !early.includes(it)).map(refusalOf)]);
  }

  /** @returns how many were looked at; those that wait on are looked at again once what they name has changed, until their time is over */
  async takeHeld(tx: Transaction, limit: number): Promise<number> {
    const due = await this.held.due(tx, limit);
    const expired = new Set(due.filter((it) => it.expired).map(({ reply }) => reply));
    const failed = await this.ask(
      tx,
      due.map(({ reply }) => reply),
    );
    const waiting = new Set(failed.filter(({ reply, faults }) => isUnknown(faults) && !expired.has(reply)).map(({ reply }) => reply));
    const answered = due.map(({ reply }) => reply).filter((reply) => !waiting.has(reply));
    await this.held.forget(tx, answered);
    await this.held.keepOn(
      tx,
      due.filter(({ reply }) => waiting.has(reply)),
    );
    await this.rejections.refuse(tx, failed.filter(({ reply }) => !waiting.has(reply)).map(refusalOf));
    return due.length;
  }

  private async ask(tx: Transaction, replies: readonly TakenReply[]): Promise<readonly Failed[]> {
    const outcomes = await this.requests.ask(tx, replies);
    return replies.flatMap((reply) => {
      const outcome = outcomes.get(reply);
      if (outcome?.kind === 'asked' || outcome?.kind === 'delivered')
        tx.publish(handoffAccepted, [outcome.event], { causeOf: () => reply.cause });
      if (outcome?.kind === 'replied') tx.publish(handoffReplied, [outcome.event], { causeOf: () => reply.cause });
      return outcome?.kind === 'faults' ? [{ reply, faults: outcome.faults }] : [];
    });
  }
}

interface Failed {
  readonly reply: TakenReply;
  readonly faults: readonly Fault[];
}

/** What it names may still come: agents read the topics as soon as we do. */
const MAY_COME: ReadonlySet<FaultCode> = new Set(['unknown_handoff', 'unknown_question', 'not_recalled', 'unknown_offer', 'not_confirmed']);
const isUnknown = (faults: readonly Fault[]): boolean => faults.some(({ code }) => MAY_COME.has(code));

function refusalOf({ reply: { record, cause, named, taskId }, faults }: Failed): RefusedRecord {
  return { rejectionId: rejectionIdOf(record), record, cause, taskId, agentId: named, faults, unreadable: false };
}
