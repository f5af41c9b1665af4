import type { Seconds } from '@handoff/contracts';
import type { Admin, Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { persist, until } from '../until.js';
import { countUnsettled, readConsumed } from './schemas.js';

export interface Settling {
  readonly db: () => Pool;
  readonly kafka: Kafka;
  /** Answers what still waits for a person. */
  readonly sweep: () => Promise<void>;
  /** What agents have still to hear and to tell. */
  readonly agents: () => Promise<Unsettled>;
}

/** What is still on its way when the time is over; empty when everything has come to rest. */
export type Unsettled = Readonly<Record<string, number>>;

const SWEEP_AFTER_MS = 6000;

/**
 * Waits until nothing moves any more: no record is unread, no event unsent, no handoff open. It looks twice, as what agents hear in one place makes
 * them tell in another.
 * @param patience seconds in which nothing has become less, after which it gives up
 */
export async function settle({ db, kafka, sweep, agents }: Settling, patience: Seconds): Promise<Unsettled> {
  const admin = kafka.admin();
  await persist(() => admin.connect());
  let left: Unsettled = {};
  let [least, lessAt, sweptAt] = [Number.POSITIVE_INFINITY, performance.now(), performance.now()];
  let calm = 0;
  const isSettled = async (): Promise<boolean> => {
    const counts = { ...(await countUnsettled(db())), ...(await countUnread(db(), admin)), ...(await agents()) };
    left = Object.fromEntries(Object.entries(counts).filter(([, it]) => it > 0));
    const count = Object.values(left).reduce((sum, it) => sum + it, 0);
    if (count < least) [least, lessAt] = [count, performance.now()];
    if (count > 0 && performance.now() - sweptAt > SWEEP_AFTER_MS) {
      sweptAt = performance.now();
      await sweep();
    }
    calm = count === 0 ? calm + 1 : 0;
    return calm > 1;
  };
  try {
    while (!(await until(isSettled, 1, 300)) && performance.now() - lessAt < patience * 1000);
    return left;
  } finally {
    await admin.disconnect();
  }
}

async function countUnread(db: Pool, admin: Admin): Promise<Unsettled> {
  const consumed = await readConsumed(db);
  const topics = [...new Set(consumed.map(({ topic }) => topic))];
  const ends = new Map<string, bigint>();
  for (const topic of topics)
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) ends.set(`${topic}/${partition}`, BigInt(high));
  const left: Record<string, number> = {};
  for (const { schema, topic, partition, next } of consumed) {
    const behind = Number((ends.get(`${topic}/${partition}`) ?? 0n) - next);
    if (behind > 0) left[`${schema}_unread`] = (left[`${schema}_unread`] ?? 0) + behind;
  }
  return left;
}
