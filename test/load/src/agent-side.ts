import { handoffAccepted, handoffDecisions, handoffEscalations } from '@handoff/contracts';
import kafkajs, { type Consumer, type Kafka, type Message, type Producer } from 'kafkajs';
import type { Lifecycles } from './lifecycles.js';

const { Kafka: KafkaClient, logLevel } = kafkajs; // CommonJS: Node finds no named exports in it

export const kafkaAt = (brokers: string): Kafka =>
  new KafkaClient({ clientId: 'bench', brokers: brokers.split(','), logLevel: logLevel.NOTHING });

/** One producer of many packets; those of one moment go in one request, as any client's linger has it. */
export class Submitter {
  private waiting: Message[] = [];

  constructor(
    private readonly producer: Producer,
    private readonly topic: string,
    private readonly onFailed: (error: Error) => void,
  ) {}

  submit(taskId: string, value: string): void {
    this.waiting.push({ key: taskId, value });
    if (this.waiting.length === 1) setImmediate(() => this.flush());
  }

  private flush(): void {
    const messages = this.waiting;
    this.waiting = [];
    this.producer.send({ topic: this.topic, acks: -1, messages }).catch(this.onFailed);
  }
}

export async function startSubmitter(kafka: Kafka, topicPrefix: string, onFailed: (error: Error) => void): Promise<[Submitter, Producer]> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  return [new Submitter(producer, topicPrefix + handoffEscalations.topic, onFailed), producer];
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
