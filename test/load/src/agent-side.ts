import {
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffReplies,
  type HandoffAssignment,
  type InboundTopic,
} from '@handoff/contracts';
import kafkajs, { type Consumer, type Kafka, type Message, type Producer } from 'kafkajs';
import type { Lifecycles } from './lifecycles.js';
import { DELIVERY, WORKER } from './packets.js';

const { Kafka: KafkaClient, logLevel } = kafkajs; // CommonJS: Node finds no named exports in it

export const kafkaAt = (brokers: string): Kafka =>
  new KafkaClient({ clientId: 'bench', brokers: brokers.split(','), logLevel: logLevel.NOTHING });

/** One producer of many records; those of one moment go in one request, as any client's linger has it. */
export class Submitter {
  private readonly waiting = new Map<string, Message[]>();

  constructor(
    private readonly producer: Producer,
    private readonly topicPrefix: string,
    private readonly onFailed: (error: Error) => void,
  ) {}

  submit({ topic }: InboundTopic, taskId: string, value: string): void {
    if (this.waiting.size === 0) setImmediate(() => this.flush());
    const message = { key: taskId, value };
    const others = this.waiting.get(topic);
    if (others) others.push(message);
    else this.waiting.set(topic, [message]);
  }

  private flush(): void {
    const topicMessages = [...this.waiting].map(([topic, messages]) => ({ topic: this.topicPrefix + topic, messages }));
    this.waiting.clear();
    this.producer.sendBatch({ acks: -1, topicMessages }).catch(this.onFailed);
  }
}

export async function startSubmitter(kafka: Kafka, topicPrefix: string, onFailed: (error: Error) => void): Promise<[Submitter, Producer]> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return [new Submitter(producer, topicPrefix, onFailed), producer];
}

/** Reads what agents read: that a packet was accepted, and how it was decided. Resolves when the group has joined. */
export async function listen(kafka: Kafka, topicPrefix: string, lifecycles: Lifecycles): Promise<Consumer> {
  const consumer = kafka.consumer({ groupId: `${topicPrefix}bench-agent`, allowAutoTopicCreation: false, maxWaitTimeInMs: 1000 });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  const [accepted, decisions] = [topicPrefix + handoffAccepted.topic, topicPrefix + handoffDecisions.topic];
  await consumer.connect();
  await consumer.subscribe({ topics: [accepted, decisions], fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 100,
    autoCommitInterval: 5000,
    eachBatch: async ({ batch, heartbeat }) => {
      for (const { value } of batch.messages) {
        const event = JSON.parse(String(value)) as { readonly task_id: string; readonly packet: { readonly task_id: string } }; // its one writer is ours
        if (batch.topic === accepted) lifecycles.saw(event.packet.task_id, 'acknowledgedAt');
        else lifecycles.saw(event.task_id, 'decidedAt');
      }
      await heartbeat();
    },
  });
  await joined;
  return consumer;
}

/**
 * The agent that tasks are given to and passed on to: takes each that it is offered, and delivers what it was given once it is its own. What
 * is passed on asks nobody else, so its offer is what is told, and taking it the answer. Resolves when the group has joined.
 */
export async function work(kafka: Kafka, topicPrefix: string, submitter: Submitter, lifecycles: Lifecycles): Promise<Consumer> {
  const consumer = kafka.consumer({ groupId: `${topicPrefix}bench-worker`, allowAutoTopicCreation: false, maxWaitTimeInMs: 1000 });
  const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
  await consumer.connect();
  await consumer.subscribe({ topics: [topicPrefix + handoffAssignments.topic], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message: { value } }) => {
      const told = JSON.parse(String(value)) as HandoffAssignment; // its writers are ours
      const reply = { handoff_id: told.handoff_id, offer_id: told.offer_id, agent_id: WORKER };
      if (told.event === 'offered' && told.kind === 'transfer') {
        lifecycles.saw(told.task_id, 'notifiedAt');
        lifecycles.saw(told.task_id, 'answeredAt');
      }
      if (told.event === 'offered') submitter.submit(handoffReplies, told.task_id, JSON.stringify({ ...reply, reply: 'accept' }));
      if (told.event === 'confirmed' && told.kind !== 'transfer')
        submitter.submit(handoffReplies, told.task_id, JSON.stringify({ ...reply, reply: 'deliver', delivery: DELIVERY }));
    },
  });
  await joined;
  return consumer;
}
