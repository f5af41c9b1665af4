import { handoffClock, type HandoffClock } from '@handoff/contracts';
import type { Consumer, Kafka } from 'kafkajs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fired } from './lateness.js';

/** Reads what clocks say, and notes when it had each word. */
export class FiredTail {
  private records: Fired[] = [];

  private constructor(private readonly consumer: Consumer) {}

  /** Resolves when it reads. */
  static async start(kafka: Kafka, topicPrefix: string): Promise<FiredTail> {
    const consumer = kafka.consumer({ groupId: `${topicPrefix}bench-clocks`, allowAutoTopicCreation: false, maxWaitTimeInMs: 1000 });
    const tail = new FiredTail(consumer);
    const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
    await consumer.connect();
    await consumer.subscribe({ topic: topicPrefix + handoffClock.topic, fromBeginning: true });
    await consumer.run({
      partitionsConsumedConcurrently: 100,
      autoCommitInterval: 5000,
      eachBatch: async ({ batch }) => {
        const seenAt = performance.timeOrigin + performance.now();
        for (const { value } of batch.messages) tail.note(JSON.parse(String(value)) as HandoffClock, seenAt); // its one writer is ours
      },
    });
    await joined;
    return tail;
  }

  /** All so far, of clocks that were due from `since` on. */
  since(since: number): readonly Fired[] {
    return this.records.filter(({ dueAt }) => dueAt >= since);
  }

  /** Waits until so many have come, or nothing more does. */
  async until(isEnough: () => boolean, quietSeconds: number): Promise<void> {
    for (let [count, changedAt] = [0, Date.now()]; !isEnough() && Date.now() - changedAt < quietSeconds * 1000; await sleep(50)) {
      if (this.records.length !== count) [count, changedAt] = [this.records.length, Date.now()];
    }
  }

  count(): number {
    return this.records.length;
  }

  forget(): void {
    this.records = [];
  }

  async stop(): Promise<void> {
    await this.consumer.disconnect();
  }

  private note({ event, handoff_id: handoffId, due_at, fired_at }: HandoffClock, seenAt: number): void {
    if (event === 'breached') this.records.push({ handoffId, dueAt: Date.parse(due_at), firedAt: Date.parse(fired_at), seenAt });
  }
}
