import type { Amount, DeliveredWork, HandoffAssignment, JsonObject, OwnDecision } from '@handoff/contracts';
import { Handoff } from './handoff.js';
import { complete, named, type AgentPacket } from './sent-packet.js';
import type { HandoffState, ReplyType, Transport, Waited } from './transport.js';

/** What is asked for the sake of a task that this agent holds; it is of that task unless it names one of its own. */
export type QuestionWithin = Omit<AgentPacket, 'task_id' | 'parent'> & Partial<Pick<AgentPacket, 'task_id'>>;

/** What an agent tells along with its work. */
export interface ToldAlong {
  /** All that it has spent since the task is its own, in the unit of the task's budget; it never falls. */
  readonly spent?: Amount;
  /** What it decided by itself. One that was told before may be told again. */
  readonly decisions?: readonly OwnDecision[];
}

export interface ToldProgress extends ToldAlong {
  readonly text?: string;
}

/** What was said about one task that was offered to this agent, and what it may say about it. It begins after `confirmed`. */
export class Assignment {
  constructor(
    private readonly transport: Transport,
    /** As on the topic. */
    readonly told: HandoffAssignment,
  ) {}

  get event(): HandoffAssignment['event'] {
    return this.told.event;
  }

  /** What is to be done, with all that is known about it: over HTTP as it was written, over Kafka as it was accepted. */
  async packet(waited: Waited = {}): Promise<JsonObject | null> {
    const state = await this.transport.state(this.told.handoff_id, waited);
    return this.transport.sent(state, state.packet_version, waited);
  }

  /** What those who had it before said of how it goes, the oldest first: go on from there. Over Kafka nobody hears it. */
  async soFar(waited: Waited = {}): Promise<NonNullable<HandoffState['progress']>> {
    return (await this.transport.state(this.told.handoff_id, waited)).progress ?? [];
  }

  /** `confirmed` says that the task is its own by now, `lapsed` that it is another's. */
  accept(waited: Waited = {}): Promise<void> {
    return this.say('accept', {}, waited);
  }

  refuse(why: string, waited: Waited = {}): Promise<void> {
    return this.say('refuse', { text: why }, waited);
  }

  /** Renews the hold on the task as well: it is at the latest due by `told.due_by`. Without words where it only tells what was spent or decided. */
  progress(said: string | ToldProgress, waited: Waited = {}): Promise<void> {
    return this.say('progress', asJson(typeof said === 'string' ? { text: said } : said), waited);
  }

  ask(question: string, waited: Waited = {}): Promise<void> {
    return this.say('ask', { text: question }, waited);
  }

  /** Asks people for the task's sake. It stays this agent's while they take their time, and both are shown as one history. */
  async escalate(question: QuestionWithin, waited: Waited = {}): Promise<Handoff> {
    const { task_id, handoff_id } = this.told;
    const [sent, key] = named(complete({ task_id, ...question, parent: { task_id, handoff_id } }));
    return new Handoff(this.transport, await this.transport.handOff('escalation', sent, key, waited));
  }

  deliver({ spent, decisions, ...delivery }: DeliveredWork & ToldAlong, waited: Waited = {}): Promise<void> {
    return this.say('deliver', asJson({ delivery, spent, decisions }), waited);
  }

  private say(reply: ReplyType, more: JsonObject, waited: Waited): Promise<void> {
    const { offer_id: offerId = null } = this.told;
    return this.transport.reply(this.told, { reply, ...(offerId === null ? {} : { offer_id: offerId }), ...more }, waited);
  }
}

/** Without what is undefined. */
const asJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
