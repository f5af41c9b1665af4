import { TOPICS } from '@handoff/contracts';
import { applyTopics } from '@handoff/local';
import { persist } from '../until.js';
import { DEATH_IS_OVER_WITHIN_MS, type Fault } from './fault.js';

const NAMES = TOPICS.filter(({ kind, retention, topic }) => kind === 'event' && retention !== null && topic !== 'handoff.rejected').map(
  ({ topic }) => topic,
);

/** What had been read is gone from the broker and stays in the schemas; offsets begin at zero again. */
export const topicRecreated: Fault = {
  name: 'topic-recreated',
  describe: 'one of our topics is deleted and made anew while nothing is on its way',
  short: 0,
  full: 3,
  recoversWithinMs: DEATH_IS_OVER_WITHIN_MS,
  async inject({ kafka, random, rest, ground }) {
    const topic = random.pick(NAMES);
    const goOn = await rest();
    const admin = kafka.admin();
    await persist(() => admin.connect());
    await admin.deleteTopics({ topics: [topic] });
    await persist(async () => {
      await applyTopics(kafka, '', { ...process.env, KAFKA_BROKERS: ground.brokers });
      if (!(await admin.listTopics()).includes(topic)) throw new Error(`${topic} is still being deleted.`);
    });
    await admin.disconnect();
    goOn(topic);
    return { times: 1, mendedAt: Date.now() };
  },
};
