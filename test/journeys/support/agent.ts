import {
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffEscalations,
  handoffFeedback,
  handoffReplies,
  handoffRouted,
  handoffTransfers,
  isJsonObject,
  type AssignmentEvent,
  type HandoffAccepted,
  type HandoffAssignment,
  type HandoffDecision,
  type HandoffFeedback,
  type Json,
  type JsonObject,
} from '@handoff/contracts';
import { bareFields, eventually } from '@handoff/testing';
import { randomUUID } from 'node:crypto';
import type { JourneySystem } from './journey-system.js';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer is no JSON object. */
  readonly body: JsonObject;
}

export interface Door {
  readonly url: string;
  readonly key: string;
}

/** What an agent of anybody's would do: publish packets, read what is said to it, and ask over HTTP where it has a key. */
export class Agent {
  constructor(
    private readonly system: JourneySystem,
    readonly id: string,
    private readonly door: Door | null,
  ) {}

  /** A packet of this agent: the eight fields, its name, and what the journey cares about. */
  packet(over: Readonly<Record<string, unknown>> = {}): JsonObject {
    return bareFields({ agent: { id: this.id }, ...over });
  }

  /** Publishes it, and waits until it is accepted. */
  async asks(over: Readonly<Record<string, unknown>> = {}): Promise<HandoffAccepted> {
    const packet = this.packet(over);
    await this.publishes(JSON.stringify(packet));
    return this.accepted(String(packet['task_id']));
  }

  async publishes(bytes: string | Buffer, { key = null, headers = {} }: PublishOptions = {}): Promise<void> {
    await this.system.publish(handoffEscalations, { key, value: bytes, headers: { ...headers } });
  }

  async accepted(taskId: string): Promise<HandoffAccepted> {
    return this.system.event(`${taskId} is accepted`, handoffAccepted, ({ task_id }) => task_id === taskId);
  }

  /** What it has to act on: what a person wants of it, or a task that is offered to it. */
  async hears(handoffId: string, event: AssignmentEvent): Promise<HandoffAssignment> {
    const isMeant = (it: HandoffAssignment) => it.handoff_id === handoffId && it.event === event && it.agent_id === this.id;
    return this.system.event(`${handoffId}: ${event}`, handoffAssignments, isMeant);
  }

  /** Says what it can do, so that tasks find it. */
  async registers(abilities: object): Promise<Answered> {
    return this.requests('PUT', this.at('/v1/agents/me'), JSON.stringify(abilities));
  }

  /** Registers with these capabilities, and waits until a task that it alone can do is offered to it. */
  async isCountedOn(...capabilities: readonly string[]): Promise<void> {
    const sender = this.system.agent(`sender-to-${this.id}`);
    await this.registers({ capabilities: [...capabilities, this.id], most_at_once: 100 });
    await eventually(`${this.id} is counted on`, async () => {
      const handoffId = await sender.passesOn({ capability: this.id });
      const { event } = await this.system.event('it is routed', handoffRouted, (it) => it.handoff_id === handoffId);
      return event === 'offered';
    });
  }

  /** About a task that it was offered, over HTTP where it has a key, else on the topic. */
  async replies(handoffId: string, offerId: string, reply: string, more: JsonObject = {}): Promise<void> {
    const said = { reply, offer_id: offerId, ...more };
    if (this.door === null) {
      const message = { key: null, value: JSON.stringify({ ...said, handoff_id: handoffId, agent_id: this.id }) };
      return this.system.publish(handoffReplies, message);
    }
    await eventually(`${this.id} says ${reply}`, async () => {
      const { status, text } = await this.posts(`/${handoffId}/replies`, said);
      if (status !== 202 && status !== 409 && status !== 404) throw new Error(`${status}: ${text}`);
      return status === 202; // what routing has said may not have come to this door yet
    });
  }

  /** Takes what it is offered, and waits until the task is its own. */
  async takes(handoffId: string): Promise<HandoffAssignment> {
    const { offer_id } = await this.hears(handoffId, 'offered');
    await this.replies(handoffId, offer_id ?? '', 'accept');
    return this.hears(handoffId, 'confirmed');
  }

  /** Passes a task on, over HTTP where it has a key, else on the topic. @returns the handoff's id */
  async passesOn(to: JsonObject | string, over: JsonObject = {}): Promise<string> {
    const transfer: JsonObject = { ...aTransfer(this.id), to, ...over };
    if (this.door !== null) {
      const { status, text, body } = await this.posts(this.at('/v1/transfers'), transfer);
      if (status !== 201) throw new Error(`${status}: ${text}`);
      return String(body['handoff_id']);
    }
    await this.system.publish(handoffTransfers, { key: null, value: JSON.stringify(transfer) });
    const isMeant = (it: HandoffAccepted) => it.kind === 'transfer' && it.task_id === transfer['task_id'] && it.agent_id === this.id;
    return (await this.system.event(`${this.id} passes it on`, handoffAccepted, isMeant)).handoff_id;
  }

  /** The bytes of what it was handed, exactly as they came. */
  async unpacks(handoffId: string): Promise<string> {
    return eventually(`${this.id} may read ${handoffId}`, async () => {
      const { status, text } = await this.gets(`/${handoffId}/packet`);
      return status === 200 && text; // this door may not have heard of the offer yet
    });
  }

  /** What those who had the task before said of how it goes. */
  async hearsSoFar(handoffId: string): Promise<Json> {
    return (await this.gets(`/${handoffId}`)).body['progress'] ?? [];
  }

  /** The chain of hands of a task, as one of them sees it. */
  async traces(taskId: string): Promise<JsonObject> {
    return (await this.gets(this.at(`/v1/tasks/${encodeURIComponent(taskId)}`))).body;
  }

  async decision(handoffId: string): Promise<HandoffDecision> {
    return this.system.event(`${handoffId} is decided`, handoffDecisions, ({ handoff_id }) => handoff_id === handoffId);
  }

  async feedback(handoffId: string): Promise<HandoffFeedback> {
    return this.system.event(`${handoffId} has feedback`, handoffFeedback, ({ handoff_id }) => handoff_id === handoffId);
  }

  async gets(path: string): Promise<Answered> {
    return this.requests('GET', path);
  }

  /** Waits at this address of the handoff until it has ended. */
  async hearsDecision(url: string): Promise<JsonObject> {
    for (let after: unknown = 0, waits = 0; waits < 10; waits++) {
      const { body } = await this.gets(`${url}?wait=30&after=${String(after)}`);
      if (isJsonObject(body['decision'] ?? null)) return body['decision'] as JsonObject; // just seen to be one
      after = body['sequence'];
    }
    throw new Error(`${url} has no decision.`);
  }

  async posts(path: string, body: object | string = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.requests('POST', path, typeof body === 'string' ? body : JSON.stringify(body), headers);
  }

  /** With its key at the people's door. */
  async triesToDecide(handoffId: string, answer: object): Promise<Answered> {
    return this.requests('POST', `${this.system.deskUrl}/desk/v1/handoffs/${handoffId}/decisions`, JSON.stringify(answer), {
      'x-handoff-desk': '1',
    });
  }

  /** What of its own waits or has ended, by the agent's own list. */
  async lists(status: 'open' | 'ended', taskId: string): Promise<readonly JsonObject[]> {
    const { body } = await this.gets(`?status=${status}&task_id=${encodeURIComponent(taskId)}`);
    return Array.isArray(body['handoffs']) ? body['handoffs'].filter(isJsonObject) : [];
  }

  private at(path: string): string {
    return `${this.door?.url ?? ''}${path}`;
  }

  private async requests(method: string, path: string, body: string | null = null, headers: Readonly<Record<string, string>> = {}) {
    if (!this.door) throw new Error(`${this.id} has no key.`);
    const response = await fetch(path.startsWith('http') ? path : `${this.door.url}/v1/handoffs${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${this.door.key}`, 'content-type': 'application/json', ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: objectOf(text) };
  }
}

const aTransfer = (from: string): JsonObject => ({
  ...{ task_id: `task-${randomUUID()}`, from, goal: 'Refund order 4711.', results: ['The jug is broken.'] },
  provenance: [{ result_id: '1', source: 'https://shop.example/photos/7' }],
  accumulated_state: { schema_id: 'acme/refund-run/1', value: { step: 1 } },
  ...{ remaining: ['Pay it back.'], decisions: [], constraints: [] },
});

interface PublishOptions {
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

function objectOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
