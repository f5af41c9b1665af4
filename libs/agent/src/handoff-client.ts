import { setTimeout as pause } from 'node:timers/promises';
import type { AgentAbilities, AgentOutcome, HandoffId, JsonObject, Kind, Seconds } from '@handoff/contracts';
import type { Answer } from './answer.js';
import type { Advice, AdviceQuestion } from './advice.js';
import { approvalOf, type ApprovalOptions, type Approved, type OneCall } from './approval.js';
import { Assignment } from './assignment.js';
import { Handoff, type Waiting } from './handoff.js';
import { HttpTransport, type HttpOptions } from './http-transport.js';
import { complete, named, type AgentPacket } from './sent-packet.js';
import { NOTHING_PASSED_ON, type AgentDelegation, type AgentTransfer } from './sent-transfer.js';
import type { Transport, Waited } from './transport.js';

export interface HumanQuestion extends Omit<AgentPacket, 'original_request' | 'reason_for_escalation' | 'recommended_action'> {
  readonly question: string;
}

export interface AssignmentOptions {
  readonly signal: AbortSignal;
  /** What this agent can do; left out where it has said so before. */
  readonly abilities?: AgentAbilities;
}

type Handle = (assignment: Assignment) => Promise<void> | void;

/** In place of what is too large for a packet. */
export interface StoredObject {
  readonly stored: true;
  readonly sha256: string;
}

const BEAT_EVERY: Seconds = 30;

/** What an agent asks of people and of other agents, and what they ask of it. */
export class HandoffClient {
  constructor(private readonly transport: Transport) {}

  /** @throws RefusedError that names everything that is wrong with the packet */
  escalate(packet: AgentPacket, waited: Waited = {}): Promise<Handoff> {
    return this.asked('escalation', ...named(complete(packet)), waited);
  }

  /** Asks in words for words, and waits for them. */
  async askHuman({ question, ...packet }: HumanQuestion, waiting: Waiting = {}): Promise<Answer> {
    const asked = await this.escalate(
      {
        reason_for_escalation: { code: 'missing_information', text: question },
        allowed_decisions: ['respond', 'take_over'],
        ...packet,
        original_request: question,
      },
      waiting,
    );
    return asked.answer(waiting);
  }

  /** The function, behind a person's approval of each call. */
  requireApproval<Args extends JsonObject, T>(
    work: (args: Args, answer: Answer) => Promise<T> | T,
    options: ApprovalOptions<Args>,
  ): (args: Args, call?: OneCall) => Promise<Approved<T>> {
    return approvalOf(this, work, options);
  }

  /** Passes a task on, with all that was done, to another agent. It ends as `taken` or `returned`. */
  transfer(transfer: AgentTransfer, waited: Waited = {}): Promise<Handoff> {
    return this.asked('transfer', ...named({ ...NOTHING_PASSED_ON, ...transfer }), waited);
  }

  /** Puts what is too large for a packet, under its checksum: a transfer's `accumulated_state` or an artifact names it by what this gives. */
  async putObject(bytes: Uint8Array, waited: Waited = {}): Promise<StoredObject> {
    return { stored: true, sha256: await this.transport.putObject(bytes, waited) };
  }

  /** What was put by this agent, or by another that hands it on; compared with its checksum. */
  getObject({ sha256 }: Pick<StoredObject, 'sha256'>, waited: Waited = {}): Promise<Uint8Array> {
    return this.transport.object(sha256, waited);
  }

  /** Gives a new task to another agent; people review what it delivers, and the answer is theirs. */
  delegate(delegation: AgentDelegation, waited: Waited = {}): Promise<Handoff> {
    return this.asked('delegation', ...named(delegation), waited);
  }

  /** What was asked before, by its id. */
  async find(handoffId: string, waited: Waited = {}): Promise<Handoff> {
    return new Handoff(this.transport, await this.transport.state(handoffId as HandoffId, waited)); // looked up with the key
  }

  /** What this agent still waits for, as after a restart. */
  async pending(waited: Waited = {}): Promise<readonly Handoff[]> {
    return (await this.transport.open(waited)).map((state) => new Handoff(this.transport, state));
  }

  /**
   * Hears of tasks that are offered to this agent until it is aborted, one after the other; those that are its own already come first.
   * While it runs, the agent is counted on, where it has said what it can do.
   */
  async onAssignment(handle: Handle, { signal, abilities }: AssignmentOptions): Promise<void> {
    if (abilities) await this.transport.register(JSON.parse(JSON.stringify(abilities)) as JsonObject, { signal });
    const ended = new AbortController();
    const beats = this.beats(AbortSignal.any([signal, ended.signal]));
    try {
      await this.hear(handle, signal);
    } finally {
      ended.abort();
      await beats;
    }
  }

  /** How a task really ended, whether it was escalated or not: `outcomeOf(answer, result)`, or `outcomeAlone(taskId, result)`. */
  reportOutcome(outcome: AgentOutcome, waited: Waited = {}): Promise<void> {
    return this.transport.outcome(JSON.parse(JSON.stringify(outcome)) as JsonObject, waited); // JSON, so without what is undefined
  }

  /** Ask a person, or go on alone? `ask` says it, and `reasons` why. */
  async shouldAsk(about: AdviceQuestion, waited: Waited = {}): Promise<Advice> {
    const asked = JSON.parse(JSON.stringify(about)) as JsonObject; // JSON, so without what is undefined
    return (await this.transport.advice(asked, waited)) as unknown as Advice; // as feedback answers
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private async asked(kind: Kind, sent: JsonObject, key: string, waited: Waited): Promise<Handoff> {
    return new Handoff(this.transport, await this.transport.handOff(kind, sent, key, waited));
  }

  private async hear(handle: Handle, signal: AbortSignal): Promise<void> {
    const held = new Set<unknown>();
    for await (const told of this.transport.assignments(signal)) {
      if (signal.aborted) return;
      const isRenewal = told.event === 'confirmed' && held.has(told.offer_id); // each word of its agent moves the day until which it is held
      if (told.event === 'confirmed') held.add(told.offer_id);
      if (!isRenewal) await handle(new Assignment(this.transport, told));
    }
  }

  /** The door counts on nobody who has never said what it can do, and says so; one that has may do without saying it again. */
  private async beats(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.transport.beat({ signal }).catch(() => undefined); // the next one is soon
      await pause(BEAT_EVERY * 1000, undefined, { signal }).catch(() => undefined); // aborted, which ends it
    }
  }
}

/** Over HTTP; `connectOverKafka` in `@handoff/agent/kafka` does the same on topics. */
export const connect = (options: HttpOptions): HandoffClient => new HandoffClient(new HttpTransport(options));
