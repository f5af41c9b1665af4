import { join } from 'node:path';
import { HandoffError } from '@handoff/contracts';
import type { Log } from '../log.js';
import { fetchJars, isThere, saidByMaven } from './fetch-jars.js';

export const KAFKA_VERSION = '4.4.0';

export class KafkaDownloadError extends HandoffError {
  readonly code = 'KAFKA_NOT_DOWNLOADED';
  constructor(cause: unknown) {
    super(
      `Maven could not fetch Apache Kafka ${KAFKA_VERSION}: ${saidByMaven(cause)}\n` +
        'Check the connection to Maven Central (or the mirror in your settings.xml) and start again, or set KAFKA_BROKERS to use a Kafka of your own.',
      { cause },
    );
  }
}

/** @returns the folder that holds Kafka's jars */
export async function kafkaJars(home: string, log: Log): Promise<string> {
  const libs = join(home, `kafka-${KAFKA_VERSION}`, 'libs');
  if (!(await isThere(libs))) log(`Fetching Apache Kafka ${KAFKA_VERSION} by Maven (about 45 MB, once) …`);
  await fetchJars(libs, DEPENDENCIES, (jars) => log(`Fetching Apache Kafka … ${jars} of about 45 jars`)).catch((error: unknown) => {
    throw new KafkaDownloadError(error);
  });
  return libs;
}

const DEPENDENCIES = `
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
    <!-- Kafka's own jar brings Log4j but not what connects it: without this a broker that fails is silent. -->
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>2.25.5</version>
      <scope>runtime</scope>
    </dependency>`;
