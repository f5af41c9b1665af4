import { readFileSync } from 'node:fs';
import { HandoffError } from '@handoff/contracts';
import type { Logger } from '@handoff/telemetry';
import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';

const { Kafka: KafkaClient, logLevel } = kafkajs;

/** How to reach Kafka; read from the environment, the same names for every command and service. */
export interface KafkaSettings {
  /** `host:port`, comma separated. */
  readonly KAFKA_BROKERS: string;
  readonly KAFKA_SSL?: string | undefined;
  /** Path of a PEM file with the authority that signed the brokers' certificates. */
  readonly KAFKA_SSL_CA?: string | undefined;
  readonly KAFKA_SASL_MECHANISM?: string | undefined;
  readonly KAFKA_SASL_USERNAME?: string | undefined;
  readonly KAFKA_SASL_PASSWORD?: string | undefined;
}

/** A mechanism that is passed over would be a connection without any sign-in. */
export class KafkaSettingsError extends HandoffError {
  readonly code = 'KAFKA_SETTINGS';
  constructor(mechanism: string) {
    super(`KAFKA_SASL_MECHANISM is "${mechanism}"; it is one of plain, scram-sha-256, scram-sha-512. Set it and start again.`);
  }
}

export function createKafka(clientId: string, settings: KafkaSettings, log?: Logger): Kafka {
  const sasl = saslOf(settings);
  const config: KafkaConfig = {
    clientId,
    brokers: settings.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    ssl: settings.KAFKA_SSL_CA ? { ca: [readFileSync(settings.KAFKA_SSL_CA, 'utf8')] } : settings.KAFKA_SSL === 'true',
    ...(sasl ? { sasl } : {}),
    connectionTimeout: 3000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 8 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, ...details } = entry.log;
      // kafkajs reports as errors what it goes on to retry by itself.
      log?.[entry.level === logLevel.ERROR ? 'warn' : 'debug']({ kafka: { namespace: entry.namespace, ...details } }, message);
    },
  };
  return new KafkaClient(config);
}

function saslOf({ KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME = '', KAFKA_SASL_PASSWORD = '' }: KafkaSettings): SASLOptions | null {
  const login = { username: KAFKA_SASL_USERNAME, password: KAFKA_SASL_PASSWORD };
  switch (KAFKA_SASL_MECHANISM?.toLowerCase()) {
    case 'plain':
      return { mechanism: 'plain', ...login };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', ...login };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', ...login };
    case undefined:
    case '':
      return null;
    default:
      throw new KafkaSettingsError(KAFKA_SASL_MECHANISM ?? '');
  }
}
