import { LOOPBACK } from '../ports.js';

export interface KafkaPlace {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
  /** Where clients are told to go: something in between may stand there. */
  readonly advertisedPort: number;
}

/** One node that is broker and controller; everything that Kafka replicates by default is told that it is alone. */
export function serverProperties({ dataDir, port, controllerPort, advertisedPort }: KafkaPlace): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${LOOPBACK}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://${LOOPBACK}:${port},CONTROLLER://${LOOPBACK}:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${LOOPBACK}:${advertisedPort}`,
    'log.dirs': dataDir,
    // Topics are made by an explicit step; a misspelt name is an error, not a new topic.
    'auto.create.topics.enable': 'false',
    'default.replication.factor': '1',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    // Each partition is files to open at start: few of them, for the few groups of one machine.
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.num.partitions': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    // A group of one member need not wait for others to come.
    'group.initial.rebalance.delay.ms': '0',
    'broker.heartbeat.interval.ms': '500',
    'log.cleaner.dedupe.buffer.size': String(16 * 1024 * 1024),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Warnings only, to a file that is rolled: Kafka at INFO writes a page for every partition at each start. */
export function log4j2Xml(logFile: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="ERROR" shutdownHook="disable">
  <Appenders>
    <RollingFile name="file" fileName="${escapeXml(logFile)}" filePattern="${escapeXml(logFile)}.%i">
      <PatternLayout pattern="%d{ISO8601} %p %m (%c)%n"/>
      <Policies><SizeBasedTriggeringPolicy size="10 MB"/></Policies>
      <DefaultRolloverStrategy max="1"/>
    </RollingFile>
  </Appenders>
  <Loggers>
    <Root level="WARN"><AppenderRef ref="file"/></Root>
  </Loggers>
</Configuration>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
