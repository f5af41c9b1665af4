import { deadLetterTopic, handoffEscalations, handoffOutcomes, handoffReplies } from '@handoff/contracts';
import type { RecordMetadata } from 'kafkajs';
import type { Pool } from 'pg';
import { IS_READING, SCHEMAS } from '../check/schemas.js';
import { persist, until } from '../until.js';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault, type Site } from './fault.js';

const AGENTS_TOPICS = [handoffEscalations.topic, handoffReplies.topic, handoffOutcomes.topic];
/** Ours, each with another writer. */
const OUR_TOPICS = [
  'handoff.accepted',
  'handoff.routed',
  'handoff.clock',
  'handoff.decisions',
  'handoff.moves',
  'handoff.notified',
  'handoff.controls',
];
/** Each kind is wrong in a way of its own: were five alike in a row, the bus would take the error for its own and pause. */
const BYTES: readonly (Buffer | null)[] = [
  Buffer.from('{"task_id": "cut sho'),
  null,
  Buffer.from([0, 1, 2, 0xff, 0xfe]),
  Buffer.from('[]'),
  Buffer.from('['.repeat(10_000)),
  Buffer.from('{"__proto__": {"task_id": "x"}, "urgency": 7}'),
];

interface Put {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export const poison: Fault = {
  name: 'poison',
  describe: 'records that nobody can read, on agents’ topics and on our own: each is kept once, and its neighbours go through',
  short: 1,
  full: 20,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    const put = await putAll(site);
    const mendedAt = Date.now();
    let missing: readonly string[] = [];
    await until(async () => (missing = await notKeptOnce(site.ground.db(), put)).length === 0, 20);
    return { times: put.length, mendedAt, broken: missing };
  },
};

async function putAll({ kafka }: Site): Promise<readonly Put[]> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await persist(() => producer.connect());
  const put: Put[] = [];
  for (const topic of [...AGENTS_TOPICS, ...OUR_TOPICS])
    for (const [at, value] of BYTES.entries()) {
      const sent = await persist(() => producer.send({ topic, acks: -1, messages: [{ key: `poison-${at}`, value }] }));
      put.push(...sent.map((it) => placeOf(topic, it)));
    }
  await producer.disconnect();
  return put;
}

const placeOf = (topic: string, { partition, baseOffset }: RecordMetadata): Put => ({ topic, partition, offset: baseOffset ?? '' });

/** An agent's is refused by the one service that reads it, once; one of ours is a dead letter of each of its readers, once. */
async function notKeptOnce(db: Pool, put: readonly Put[]): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { topic, partition, offset } of put) {
    const at = [topic, partition, offset];
    const isAgents = AGENTS_TOPICS.includes(topic);
    const { rows } = await db.query<{ times: number; readers: number }>(isAgents ? REFUSED : DEAD, at);
    const [{ times, readers } = { times: 0, readers: 0 }] = rows;
    if (times !== readers)
      missing.push(`${topic} ${partition}@${offset}: kept ${times} times by ${readers} readers (or on ${deadLetterTopic(topic)})`);
  }
  return missing;
}

const REFUSED = `SELECT count(*)::int AS times, 1 AS readers FROM (SELECT topic, "partition", "offset" FROM intake.rejections
  UNION ALL SELECT topic, "partition", "offset" FROM feedback.rejections) AS r WHERE topic = $1 AND "partition" = $2 AND "offset" = $3`;
const eachSchema = (query: (schema: string) => string): string => SCHEMAS.map((schema) => `(${query(schema)})`).join(' + ');
const DEAD = `SELECT
  ${eachSchema((schema) => `SELECT count(*)::int FROM ${schema}.dead_letters WHERE topic = $1 AND "partition" = $2 AND "offset" = $3`)} AS times,
  ${eachSchema((schema) => `SELECT count(DISTINCT topic)::int FROM ${schema}.consumed_offsets WHERE topic = $1 AND ${IS_READING}`)} AS readers`;
