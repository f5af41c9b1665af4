import { join } from 'node:path';
import { HandoffError } from '@handoff/contracts';
import { REPOSITORY } from '../home.js';
import type { Log } from '../log.js';
import { LOOPBACK } from '../ports.js';
import { fetchJars, isThere, saidByMaven } from './fetch-jars.js';

const VERSION = '1.0.1';
const SETTINGS = join(REPOSITORY, 'deploy/kafka/jmx.yml');

export class JmxAgentDownloadError extends HandoffError {
  readonly code = 'JMX_AGENT_NOT_DOWNLOADED';
  constructor(cause: unknown) {
    super(
      `Maven could not fetch the JMX agent ${VERSION}: ${saidByMaven(cause)}\nStart without HANDOFF_EXPORTERS, and Kafka says nothing of itself.`,
      {
        cause,
      },
    );
  }
}

/** @returns the JVM's argument by which it answers Prometheus at this port */
export async function jmxAgent(home: string, port: number, log: Log): Promise<string> {
  const folder = join(home, `jmx-agent-${VERSION}`);
  if (!(await isThere(folder))) log(`Fetching Prometheus’ JMX agent ${VERSION} by Maven (3 MB, once) …`);
  await fetchJars(folder, DEPENDENCY).catch((error: unknown) => {
    throw new JmxAgentDownloadError(error);
  });
  return `-javaagent:${join(folder, `jmx_prometheus_javaagent-${VERSION}.jar`)}=${LOOPBACK}:${port}:${SETTINGS}`;
}

const DEPENDENCY = `
    <dependency>
      <groupId>io.prometheus.jmx</groupId>
      <artifactId>jmx_prometheus_javaagent</artifactId>
      <version>${VERSION}</version>
    </dependency>`;
