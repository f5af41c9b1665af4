import { HandoffError } from '@handoff/contracts';
import { findInstallation } from '../command/installation.js';
import type { Io } from '../command/io.js';
import { applyTopics, planTopics } from './apply-topics.js';
import { describeChange, type TopicChange } from './diff-topics.js';
import { kafkaFromEnv } from './kafka-from-env.js';

export const TOPIC_VERBS = ['plan', 'apply', 'verify'] as const;
export type TopicVerb = (typeof TOPIC_VERBS)[number];

/**
 * `plan` says what would change, `apply` changes it, `verify` finds out whether anything is left to change.
 * @returns the exit code: 1 when `verify` finds a difference, or `apply` leaves one that only an operator can mend
 */
export async function runTopics(command: TopicVerb, isJson: boolean, { env, print, log }: Io): Promise<0 | 1> {
  const { brokers, topicPrefix: prefix } = await findInstallation(env);
  const kafka = kafkaFromEnv({ ...env, KAFKA_BROKERS: brokers });
  const changes = await (command === 'apply' ? applyTopics : planTopics)(kafka, prefix, env).catch((cause: unknown) => {
    throw cause instanceof HandoffError ? cause : new BrokersUnreachableError(brokers, cause);
  });
  const left = command === 'apply' ? changes.filter(({ kind }) => kind === 'wrong-replication') : changes;
  const say = isJson ? log : print;
  for (const change of changes) say(describeChange(change));
  say(summary(command, changes, left, brokers));
  if (isJson) print(JSON.stringify({ command, brokers, prefix, changes, left: left.length }));
  return command !== 'plan' && left.length > 0 ? 1 : 0;
}

class BrokersUnreachableError extends HandoffError {
  readonly code = 'BROKERS_UNREACHABLE';
  constructor(brokers: string, cause: unknown) {
    super(
      `Kafka at ${brokers} did not do it: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Check KAFKA_BROKERS and what SASL and TLS need (KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD, KAFKA_SSL, KAFKA_SSL_CA), ' +
        'and that the user may describe, create and alter topics.',
      { cause },
    );
  }
}

function summary(command: TopicVerb, changes: readonly TopicChange[], left: readonly TopicChange[], brokers: string): string {
  if (changes.length === 0) return `The topics on ${brokers} are as they should be.`;
  switch (command) {
    case 'plan':
      return `${changes.length} to change on ${brokers}; npm run topics -- apply does it.`;
    case 'verify':
      return `${changes.length} not as they should be on ${brokers}; npm run topics -- apply mends what it can.`;
    case 'apply':
      return `${changes.length - left.length} changed on ${brokers}${left.length > 0 ? `, ${left.length} left for you` : ''}.`;
  }
}
