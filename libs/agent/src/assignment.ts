import type { DeliveredWork, HandoffAssignment, JsonObject } from '@handoff/contracts';
import type { ReplyType, Transport, Waited } from './transport.js';

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

  /** `confirmed` says that the task is its own by now, `lapsed` that it is another's. */
  accept(waited: Waited = {}): Promise<void> {
    return this.say('accept', {}, waited);
  }

  refuse(why: string, waited: Waited = {}): Promise<void> {
    return this.say('refuse', { text: why }, waited);
  }

  /** Renews the hold on the task as well: it is at the latest due by `told.due_by`. */
  progress(text: string, waited: Waited = {}): Promise<void> {
    return this.say('progress', { text }, waited);
  }

  ask(question: string, waited: Waited = {}): Promise<void> {
    return this.say('ask', { text: question }, waited);
  }

  deliver(work: DeliveredWork, waited: Waited = {}): Promise<void> {
    return this.say('deliver', { delivery: JSON.parse(JSON.stringify(work)) as JsonObject }, waited); // JSON, so without what is undefined
  }

  private say(reply: ReplyType, more: JsonObject, waited: Waited): Promise<void> {
    const { offer_id: offerId = null } = this.told;
    return this.transport.reply(this.told, { reply, ...(offerId === null ? {} : { offer_id: offerId }), ...more }, waited);
  }
}
