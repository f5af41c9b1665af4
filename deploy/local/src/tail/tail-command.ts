import { HandoffError, TOPICS, toMilliseconds, type Seconds, type Urgency } from '@handoff/contracts';
import { findInstallation } from '../command/installation.js';
import { EXIT, UsageError, type ExitCode, type Io } from '../command/io.js';
import { asciiJson } from '../dead-letters/show-bytes.js';
import { kafkaFromEnv } from '../topics/kafka-from-env.js';
import { describeEvent } from './describe-event.js';
import { followTopics } from './follow-topics.js';
import { readTailEvent } from './tail-event.js';
import { TailFilter } from './tail-filter.js';

export interface TailWords {
  readonly handoff?: readonly string[];
  readonly topic?: readonly string[];
  readonly event?: readonly string[];
  readonly urgency?: Urgency;
  readonly since?: Seconds;
  readonly json?: boolean;
}

/** Whom a name stands for is not of a handoff, and what agents write is read when it was accepted. */
const NOT_OF_HANDOFFS = ['handoff.directory', 'handoff.controls'];
export const TAIL_TOPICS = TOPICS.filter(({ kind, topic }) => kind === 'event' && !NOT_OF_HANDOFFS.includes(topic)).map(
  ({ topic }) => topic,
);

class NotFollowedError extends HandoffError {
  readonly code = 'NOT_FOLLOWED';
}

/** Says what happens while it happens, until it is told to stop. */
export async function runTail({ json = false, since, ...words }: TailWords, { env, print, log, signal }: Io): Promise<ExitCode> {
  const { brokers, topicPrefix } = await findInstallation(env);
  const topics = (words.topic ?? TAIL_TOPICS).map(named);
  const filter = new TailFilter({ handoffs: words.handoff ?? [], events: words.event ?? [], urgency: words.urgency ?? null });
  let shown = 0;
  try {
    await followTopics(kafkaFromEnv({ ...env, KAFKA_BROKERS: brokers }, 'handoff-tail'), {
      topics: topics.map((topic) => topicPrefix + topic),
      since: since === undefined ? null : new Date(Date.now() - toMilliseconds(since)),
      onRecord: (topic, partition, message) => {
        const event = readTailEvent(topic.slice(topicPrefix.length), partition, message);
        if (!event || !filter.lets(event)) return;
        shown++;
        print(json ? asciiJson(event) : describeEvent(event));
      },
      onFollowing: () => log(`Following ${topics.length} topics on ${brokers}; Ctrl-C ends it.`),
      signal,
    });
  } catch (cause) {
    throw new NotFollowedError(`Kafka at ${brokers} cannot be read: ${(cause as Error).message}. handoff doctor says more.`, { cause });
  }
  log(`${shown} event${shown === 1 ? '' : 's'}.`);
  return EXIT.fine;
}

function named(text: string): string {
  const topic = TAIL_TOPICS.find((it) => it === text || it === `handoff.${text}`);
  if (topic === undefined) throw new UsageError(`There is no topic "${text}" to follow; there are ${TAIL_TOPICS.join(', ')}.`);
  return topic;
}
