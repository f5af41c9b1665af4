import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { HandoffError } from '@handoff/contracts';
import type { Log } from '../log.js';

const run = promisify(execFile);

export const KAFKA_VERSION = '4.4.0';

export class KafkaDownloadError extends HandoffError {
  readonly code = 'KAFKA_NOT_DOWNLOADED';
  constructor(cause: unknown) {
    super(
      `Maven could not fetch Apache Kafka ${KAFKA_VERSION}: ${said(cause)}\n` +
        'Check the connection to Maven Central (or the mirror in your settings.xml) and start again, or set KAFKA_BROKERS to use a Kafka of your own.',
      { cause },
    );
  }
}

/**
 * Kafka's jars, fetched once by Maven, which checks their checksums and knows the machine's proxies and mirrors.
 * @returns the folder that holds them
 */
export async function kafkaJars(home: string, log: Log): Promise<string> {
  const kafka = join(home, `kafka-${KAFKA_VERSION}`);
  const libs = join(kafka, 'libs');
  if (await stat(libs).catch(() => null)) return libs;
  log(`Fetching Apache Kafka ${KAFKA_VERSION} by Maven (about 45 MB, once) …`);
  const partial = join(kafka, `libs.${process.pid}`);
  const progress = setInterval(() => void count(partial).then((jars) => log(`Fetching Apache Kafka … ${jars} of about 45 jars`)), 5000);
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, 'pom.xml'), POM);
    await run('mvn', ['-q', '-B', '-f', 'pom.xml', 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`], {
      cwd: partial,
      maxBuffer: 16 * 1024 * 1024,
    });
    await rename(partial, libs);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!(await stat(libs).catch(() => null))) throw new KafkaDownloadError(error); // else another start was first
  } finally {
    clearInterval(progress);
  }
  return libs;
}

async function count(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []); // not made yet, or moved to its place
  return names.filter((name) => name.endsWith('.jar')).length;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local.handoff</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
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
    </dependency>
  </dependencies>
</project>
`;

function said(cause: unknown): string {
  const output = typeof cause === 'object' && cause !== null && 'stdout' in cause ? String(cause.stdout) : '';
  return output.split('\n').find((line) => line.includes('[ERROR]')) ?? String(cause);
}
