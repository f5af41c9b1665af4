import { TOPICS } from '@handoff/contracts';
import { readTail, type TailRecord } from '../site/read-tail.js';
import { persist } from '../until.js';
import { OUTAGE_IS_OVER_WITHIN_MS, type Fault, type Site } from './fault.js';

const MOST_OF_EACH_PARTITION = 30;
const NAMES = TOPICS.map(({ topic }) => topic).filter((topic) => topic !== 'handoff.directory');

/** Whole segments of every topic are published a second time, as they are: what has been said before changes nothing. */
export const repeats: Fault = {
  name: 'repeats',
  describe: 'the newest segment of every topic is published again, record by record',
  short: 1,
  full: 10,
  recoversWithinMs: OUTAGE_IS_OVER_WITHIN_MS,
  async inject(site) {
    const records = await readTail(site.kafka, NAMES, MOST_OF_EACH_PARTITION);
    await publishAgain(site, records);
    return { times: records.length, mendedAt: Date.now(), repeats: records.filter(({ topic }) => isAgents(topic)).length };
  },
};

/** Ours are counted by the check, which sees them lie on the topics twice. */
const isAgents = (topic: string): boolean => TOPICS.some((it) => it.topic === topic && it.kind === 'inbound');

async function publishAgain({ kafka }: Site, records: readonly TailRecord[]): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await persist(() => producer.connect());
  for (const name of new Set(records.map(({ topic }) => topic))) {
    const messages = records.filter(({ topic }) => topic === name).map(({ message }) => message);
    await persist(() => producer.send({ topic: name, acks: -1, messages }));
  }
  await producer.disconnect();
}
