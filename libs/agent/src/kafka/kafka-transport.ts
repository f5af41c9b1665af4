import {
  giverNamed,
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffDelegations,
  handoffEscalations,
  handoffFeedback,
  handoffOutcomes,
  handoffRejected,
  handoffReplied,
  handoffReplies,
  handoffTransfers,
  type HandoffAssignment,
  type HandoffId,
  type HandoffRejected,
  type JsonObject,
  type Kind,
  type Seconds,
} from '@handoff/contracts';
import type { Kafka, Producer } from 'kafkajs';
import { OverHttpOnlyError, RefusedError, UnreachableError } from '../errors.js';
import type { HandoffState, Reply, Transport, Waited } from '../transport.js';
import { inTime, persist } from '../waiting.js';
import { isAwaited, isHeard, withSaid, type Heard, type Said } from './heard.js';
import { reached } from './reached.js';
import { positionOf, Reader } from './reader.js';
import { isOfSentOff, refusalOf, warnOf, type Refusal } from './refusal.js';
import { ToldOnTopic } from './told-on-topic.js';

export interface KafkaOptions {
  /** A client of the author's own, with whatever its brokers want. */
  readonly kafka: Kafka;
  /** This agent's name; on Kafka nobody checks it. */
  readonly agentId: string;
  /** Before every topic's name, where an installation has one. */
  readonly topicPrefix?: string;
  /** How long one call goes on while Kafka or Handoff does not answer; waiting for a decision goes on until it is aborted. */
  readonly patience?: Seconds;
  /**
   * A reply or an outcome that Handoff refuses after Kafka has taken it, while this client is there; without it, a warning of the process.
   * @param rejected as on `handoff.rejected`, with the task and the record
   */
  readonly onRefused?: (refusal: Refusal, rejected: HandoffRejected) => void;
}

const READ = [handoffAccepted, handoffDecisions, handoffFeedback, handoffAssignments, handoffReplied, handoffRejected];
const SAID: Readonly<Record<string, Said['topic']>> = {
  [handoffAccepted.topic]: 'accepted',
  [handoffDecisions.topic]: 'decision',
  [handoffFeedback.topic]: 'feedback',
  [handoffAssignments.topic]: 'assignment',
  [handoffReplied.topic]: 'replied',
};
const SENT: Readonly<Record<Kind, string>> = {
  escalation: handoffEscalations.topic,
  transfer: handoffTransfers.topic,
  delegation: handoffDelegations.topic,
};
const PATIENCE: Seconds = 120;

/** What is heard is read from the topics' beginning and kept in memory: an agent with much behind it is better served over HTTP. */
export class KafkaTransport implements Transport {
  private readonly heard = new Map<HandoffId, Heard>();
  private readonly tasks = new ToldOnTopic();
  private readonly rejected = new Map<string, HandoffRejected>();
  /** With their secrets, which no topic has. */
  private readonly sentHere = new Map<HandoffId, JsonObject>();

  private readonly patience: Seconds;

  private constructor(
    private readonly options: KafkaOptions,
    private readonly producer: Producer,
    private reader: Reader | null = null,
  ) {
    this.patience = options.patience ?? PATIENCE;
  }

  static async connect(options: KafkaOptions): Promise<KafkaTransport> {
    const { kafka, agentId } = options;
    const transport = new KafkaTransport(options, kafka.producer({ allowAutoTopicCreation: false }));
    await reached('Kafka', transport.producer.connect());
    const topics = READ.map(({ topic }) => transport.named(topic));
    const hear = (topic: string, value: unknown): void => transport.hear(topic, value);
    transport.reader = await reached('Kafka', Reader.start(kafka, `handoff-agent-${agentId}`, topics, hear));
    return transport;
  }

  async handOff(kind: Kind, sent: JsonObject, idempotencyKey: string, { signal }: Waited): Promise<HandoffState> {
    const taskId = String(sent['task_id']);
    const record = { ...sent, ...this.itself(kind, sent), idempotency_key: idempotencyKey };
    const isIt = (it: Heard) => it.key === idempotencyKey && it.task_id === taskId;
    const ask = (until: AbortSignal) => persist(() => this.sendUnlessHeard(SENT[kind], taskId, record, isIt, until), this.patience, until);
    const taken = await inTime(ask, this.patience, () => this.unanswered(`about task "${taskId}" on ${this.named(SENT[kind])}`), signal);
    if (taken.packet_version <= 1) this.sentHere.set(taken.handoff_id, sent);
    return taken;
  }

  async state(handoffId: HandoffId, { signal }: Waited): Promise<HandoffState> {
    const unknown = () =>
      new RefusedError(
        'not_found',
        `No topic said anything of handoff ${handoffId} in ${this.patience} s. Check the id; topics keep a week.`,
      );
    return inTime((until) => this.until(() => this.heard.get(handoffId), until), this.patience, unknown, signal);
  }

  async newer(seen: HandoffState, { signal }: Waited): Promise<HandoffState> {
    return this.until(() => {
      const state = this.heard.get(seen.handoff_id);
      return state && state.sequence > seen.sequence ? state : undefined;
    }, signal);
  }

  async open(): Promise<readonly HandoffState[]> {
    return [...this.heard.values()].filter((it) => isAwaited(it, this.options.agentId));
  }

  async reply({ handoff_id, task_id }: Pick<HandoffState, 'handoff_id' | 'task_id'>, reply: Reply, { signal }: Waited): Promise<void> {
    const record = { ...reply, handoff_id, task_id, agent_id: this.options.agentId }; // a refusal names the task alone
    await persist(() => this.send(handoffReplies.topic, task_id, record), this.patience, signal);
  }

  async sent({ handoff_id: id, packet_version: newest }: HandoffState, version: number): Promise<JsonObject | null> {
    const packet = version === newest ? this.heard.get(id)?.packet : null;
    return packet ?? (version === 1 ? (this.sentHere.get(id) ?? null) : null);
  }

  assignments(signal: AbortSignal): AsyncIterable<HandoffAssignment> {
    return this.tasks.words((until) => this.more(until), signal);
  }

  async register(abilities: JsonObject, _: Waited): Promise<void> {
    if (Object.keys(abilities).length > 0) throw new OverHttpOnlyError('What an agent can do');
  }

  async beat(): Promise<void> {}

  async outcome(outcome: JsonObject, { signal }: Waited): Promise<void> {
    const record = { ...outcome, agent_id: this.options.agentId };
    await persist(() => this.send(handoffOutcomes.topic, String(outcome['task_id']), record), this.patience, signal);
  }

  advice(): Promise<JsonObject> {
    return Promise.reject(new OverHttpOnlyError('Whether to ask'));
  }

  putObject(): Promise<string> {
    return Promise.reject(new OverHttpOnlyError('What is too large for a packet'));
  }

  object(): Promise<Uint8Array> {
    return Promise.reject(new OverHttpOnlyError('What is too large for a packet'));
  }

  async close(): Promise<void> {
    await Promise.all([this.reader?.stop(), this.producer.disconnect()]);
  }

  private async sendUnlessHeard(topic: string, key: string, record: JsonObject, isIt: (it: Heard) => boolean, signal?: AbortSignal) {
    const find = () => [...this.heard.values()].find(isIt);
    const before = find();
    if (before) return before;
    const position = await this.send(topic, key, record);
    const answer = await this.until<Heard | HandoffRejected>(() => find() ?? this.rejected.get(position), signal);
    if (!('rejection_id' in answer)) return answer;
    throw refusalOf(answer);
  }

  private hear(name: string, value: unknown): void {
    const topic = name.slice((this.options.topicPrefix ?? '').length);
    if (topic === handoffRejected.topic) return this.hearRejected(value as HandoffRejected); // its one writer is Handoff
    const said = { topic: SAID[topic], event: value } as Said; // as on the topic
    const { handoff_id: id } = said.event;
    if (!this.heard.has(id) && !isHeard(said, this.options.agentId)) return;
    this.heard.set(id, withSaid(this.heard.get(id), said));
    this.hearOfTasks(said);
  }

  private hearOfTasks({ topic, event }: Said): void {
    if (event.agent_id !== this.options.agentId) return;
    if (topic === 'assignment') this.tasks.hear(event);
    const delivery = topic === 'accepted' ? event.packet.delegation?.delivery : undefined;
    if (delivery) this.tasks.hearDelivered(delivery);
  }

  private hearRejected(rejected: HandoffRejected): void {
    const { topic, partition, offset } = rejected.record;
    this.rejected.set(positionOf(this.named(topic), partition, offset), rejected);
    if (this.reader === null) return; // before this client was there, another sent it
    const { agentId, onRefused = warnOf } = this.options;
    if (isOfSentOff(rejected, agentId)) onRefused(refusalOf(rejected), rejected);
  }

  private async send(topic: string, key: string, record: JsonObject): Promise<string> {
    const messages = [{ key, value: JSON.stringify(record) }];
    const sending = this.producer.send({ topic: this.named(topic), acks: -1, messages });
    const [sent] = await reached(`Kafka, sent to about ${key} on ${this.named(topic)},`, sending);
    return positionOf(this.named(topic), sent?.partition ?? 0, sent?.baseOffset ?? '');
  }

  private unanswered(asked: string): UnreachableError {
    return new UnreachableError(`Handoff, asked ${asked} for ${this.patience} s,`, null);
  }

  private async until<T>(find: () => T | undefined, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await this.more(signal);
    }
  }

  private async more(signal?: AbortSignal): Promise<void> {
    if (!this.reader) throw new Error('Not connected.');
    await this.reader.more(signal);
  }

  /** Each kind has a place of its own for who sends it. */
  private itself(kind: Kind, { agent = {} }: JsonObject): JsonObject {
    const { agentId: id } = this.options;
    if (kind === 'transfer') return { from: id };
    return kind === 'delegation' ? { delegated_by: giverNamed(id) } : { agent: { ...(typeof agent === 'object' ? agent : {}), id } };
  }

  private named(topic: string): string {
    return (this.options.topicPrefix ?? '') + topic;
  }
}
