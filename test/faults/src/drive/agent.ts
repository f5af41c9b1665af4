import { randomUUID } from 'node:crypto';
import {
  handoffDelegations,
  handoffEscalations,
  handoffOutcomes,
  handoffReplies,
  handoffTransfers,
  isJsonObject,
  type Amount,
  type JsonObject,
} from '@handoff/contracts';
import type { Message, Producer } from 'kafkajs';
import { STATE_FORM } from './given-tasks.js';
import type { Random } from '../random.js';
import type { Door, PlanKind } from './plans.js';
import { DoorClosedError, knock, RefusedError, type Knocked } from './knock.js';

export type Ask =
  | { readonly reply: 'withdraw'; readonly reason: string }
  | { readonly reply: 'add_context'; readonly context: JsonObject }
  | { readonly reply: 'answer'; readonly question_id: string; readonly text: string }
  | { readonly reply: 'stopped' | 'already_done'; readonly text: string };

/** About a task that it is offered or has. */
export type Work =
  | { readonly reply: 'accept' | 'refuse' | 'progress'; readonly offer_id: string; readonly text: string; readonly spent?: Amount }
  | { readonly reply: 'deliver'; readonly offer_id: string; readonly delivery: JsonObject };

/** A task that is offered to it, or is its own, with the last word on it. */
export interface Offer {
  readonly offerId: string;
  readonly handoffId: string;
  readonly taskId: string;
  readonly kind: string;
  /** The same word again has the same. */
  readonly word: string;
}

const TOPICS = { escalation: handoffEscalations, delegation: handoffDelegations, transfer: handoffTransfers } as const satisfies Record<
  PlanKind,
  object
>;

/** Where each is asked over HTTP. */
const PATHS = { withdraw: 'withdraw', add_context: 'context', answer: 'answers', stopped: 'recall', already_done: 'recall' } as const;

/** What an agent hears that asks for the sake of what is not its own. */
const LOST = ['not_holder', 'already_ended'] as const;

export interface AgentDoors {
  readonly producer: Producer;
  readonly topicPrefix: string;
  /** Of intake's replicas. */
  readonly urls: readonly string[];
  readonly key: string;
}

/** An agent that speaks Kafka and HTTP. Every method throws while the door is closed; whoever calls it tries again. */
export class Agent {
  constructor(
    readonly id: string,
    private readonly doors: AgentDoors,
    private readonly random: Random,
  ) {}

  /** The record that asks for it; the same one may be published again. */
  recordFor(packet: JsonObject, kind: PlanKind): Message {
    const key = String(packet['task_id']);
    const value = JSON.stringify(packet);
    if (this.random.next() < 0.4) return { key, value };
    const envelope = { ce_specversion: '1.0', ce_id: randomUUID(), ce_type: `handoff.${kind}.v1`, ce_source: `urn:faults:${this.id}` };
    return { key, value, headers: { ...envelope, 'content-type': 'application/json', ce_time: this.ownTime() } };
  }

  async publish(message: Message, kind: PlanKind): Promise<void> {
    await this.send(TOPICS[kind].topic, message);
  }

  /** @returns the handoff's id; the same again for the same key */
  async post(packet: JsonObject, kind: 'escalation' | 'transfer', idempotencyKey: string): Promise<string> {
    const path = kind === 'transfer' ? '/transfers' : '/handoffs';
    const { status, body } = await this.knock('POST', path, packet, { 'idempotency-key': idempotencyKey });
    if (status !== 201 && status !== 200) throw new RefusedError(`POST ${path}`, status, body);
    return String(body['handoff_id']);
  }

  /** For the sake of a task that it holds. @returns null where that is another's by now, or over */
  async postWithin(packet: JsonObject, idempotencyKey: string): Promise<string | null> {
    try {
      return await this.post(packet, 'escalation', idempotencyKey);
    } catch (error) {
      if (error instanceof RefusedError && LOST.some((code) => error.message.includes(code))) return null;
      throw error;
    }
  }

  async asks(handoffId: string, taskId: string, ask: Ask): Promise<void> {
    if (this.random.next() < 0.5) return this.replies(handoffId, taskId, ask);
    const path = PATHS[ask.reply];
    const { status, body: answer } = await this.knock('POST', `/handoffs/${handoffId}/${path}`, ask);
    if (status !== 202 && status !== 409) throw new RefusedError(`POST ${path}`, status, answer);
  }

  async reads(handoffId: string): Promise<Knocked> {
    return this.knock('GET', `/handoffs/${handoffId}`);
  }

  /** The states of a handoff's offers by their ids, as whoever had a part in its task reads them. */
  async offersIn(taskId: string, handoffId: string): Promise<Readonly<Record<string, string>>> {
    const { status, body } = await this.knock('GET', `/tasks/${encodeURIComponent(taskId)}`);
    if (status !== 200) throw new RefusedError('GET /v1/tasks', status, body);
    const handoffs = Array.isArray(body['handoffs']) ? body['handoffs'].filter(isJsonObject) : [];
    const hands = handoffs.find((it) => it['handoff_id'] === handoffId)?.['hands'];
    return Object.fromEntries(
      (Array.isArray(hands) ? hands.filter(isJsonObject) : []).map((it) => [String(it['offer_id']), String(it['state'])]),
    );
  }

  /** Says what it can do, so that tasks find it, and that it is there. */
  async registers(capability: string): Promise<void> {
    const { status, body } = await this.knock('PUT', '/agents/me', {
      capabilities: [capability],
      most_at_once: 1000,
      schemas: [STATE_FORM],
    });
    if (status !== 200) throw new RefusedError('PUT /v1/agents/me', status, body);
  }

  async offers(state: 'offered' | 'confirmed'): Promise<readonly Offer[]> {
    const { body } = await this.knock('GET', `/assignments?state=${state}&limit=200`);
    const found = Array.isArray(body['assignments']) ? body['assignments'].filter(isJsonObject) : [];
    return found.map(({ offer_id, handoff_id, task_id, kind, event, sequence }) => ({
      offerId: String(offer_id),
      handoffId: String(handoff_id),
      taskId: String(task_id),
      kind: String(kind),
      word: `${String(offer_id)} ${String(event)} ${String(sequence)}`,
    }));
  }

  /** What there is to act on, as it comes, after the one that it has heard last. */
  async listens(last: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const url = `${this.random.pick(this.doors.urls)}/v1/events`;
    const headers = { authorization: `Bearer ${this.doors.key}`, 'last-event-id': last };
    const { ok, status, body } = await fetch(url, { headers, signal });
    if (ok && body) return body;
    await body?.cancel();
    throw new DoorClosedError(url, status);
  }

  /** Wants to be told at this address. @returns what is sent there is signed with it */
  async registersWebhook(address: string): Promise<string> {
    const { status, body } = await this.knock('PUT', '/agents/me/webhook', { url: address });
    if (status !== 200) throw new RefusedError('PUT /v1/agents/me/webhook', status, body);
    return String(body['secret']);
  }

  /** Tells how a task ended: called again it says the same. */
  outcomeFor(outcome: JsonObject, door: Door): () => Promise<void> {
    if (door === 'http') return () => this.postsOutcome(outcome);
    const headers = this.random.next() < 0.5 ? { ce_id: randomUUID(), ce_source: `urn:faults:${this.id}` } : {};
    const message = { key: String(outcome['task_id']), value: JSON.stringify({ ...outcome, agent_id: this.id }), headers };
    return () => this.send(handoffOutcomes.topic, message);
  }

  /** Where it is another's by now, or has ended, nothing comes of it. */
  async works({ handoffId, taskId }: Offer, work: Work): Promise<void> {
    if (this.random.next() < 0.5) return this.replies(handoffId, taskId, work);
    const { status, body } = await this.knock('POST', `/handoffs/${handoffId}/replies`, work);
    if (status !== 202 && status !== 409 && status !== 404) throw new RefusedError(`POST replies`, status, body);
  }

  private async postsOutcome(outcome: JsonObject): Promise<void> {
    const { status, body } = await this.knock('POST', '/outcomes', outcome);
    if (status !== 202) throw new RefusedError('POST /v1/outcomes', status, body);
  }

  /** Agents' clocks are nobody's business: some are an hour off, and nothing may follow from it. */
  private ownTime(): string {
    return new Date(Date.now() + this.random.pick([0, 0, 3_600_000, -3_600_000])).toISOString();
  }

  private async replies(handoffId: string, taskId: string, ask: Ask | Work): Promise<void> {
    const value = JSON.stringify({ ...ask, handoff_id: handoffId, agent_id: this.id });
    await this.send(handoffReplies.topic, { key: taskId, value, headers: { ce_id: randomUUID(), ce_source: `urn:faults:${this.id}` } });
  }

  private async send(topic: string, message: Message): Promise<void> {
    await this.doors.producer.send({ topic: this.doors.topicPrefix + topic, acks: -1, messages: [message] });
  }

  private async knock(method: string, path: string, body?: object, headers: Readonly<Record<string, string>> = {}): Promise<Knocked> {
    const url = `${this.random.pick(this.doors.urls)}/v1${path}`;
    return knock(url, { method, body, headers: { authorization: `Bearer ${this.doors.key}`, ...headers } });
  }
}
