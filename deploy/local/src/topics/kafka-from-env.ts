import { readFileSync } from 'node:fs';
import { HandoffError } from '@handoff/contracts';
import kafkajs, { type Kafka, type KafkaConfig, type SASLOptions } from 'kafkajs';

const { Kafka: KafkaClient, logLevel } = kafkajs; // CommonJS: Node finds no named exports in it

type Env = Readonly<Record<string, string | undefined>>;

export class KafkaSettingsError extends HandoffError {
  readonly code = 'KAFKA_SETTINGS';
}

/** A client for the brokers of KAFKA_BROKERS, with what SASL and TLS need. */
export function kafkaFromEnv(env: Env, clientId = 'handoff-local'): Kafka {
  const brokers = (env['KAFKA_BROKERS'] ?? '')
    .split(',')
    .map((broker) => broker.trim())
    .filter(Boolean);
  if (brokers.length === 0) throw new KafkaSettingsError('KAFKA_BROKERS is not set; it lists the brokers, for example 127.0.0.1:4192.');
  const sasl = saslFrom(env);
  return new KafkaClient({
    clientId,
    brokers,
    logLevel: logLevel.NOTHING, // what fails is thrown, and told once where it is caught
    retry: { retries: 5 },
    ssl: sslFrom(env),
    ...(sasl ? { sasl } : {}),
  });
}

function sslFrom(env: Env): KafkaConfig['ssl'] & (object | boolean) {
  const ca = env['KAFKA_SSL_CA'];
  return ca ? { ca: [readFileSync(ca, 'utf8')] } : env['KAFKA_SSL'] === 'true';
}

function saslFrom(env: Env): SASLOptions | null {
  const mechanism = env['KAFKA_SASL_MECHANISM']?.toLowerCase();
  if (!mechanism) return null;
  const [username, password] = [env['KAFKA_SASL_USERNAME'], env['KAFKA_SASL_PASSWORD']];
  if (!username || !password)
    throw new KafkaSettingsError('KAFKA_SASL_MECHANISM is set; KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD must be, too.');
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
    default:
      throw new KafkaSettingsError(`KAFKA_SASL_MECHANISM is "${mechanism}"; it is one of plain, scram-sha-256, scram-sha-512.`);
  }
}
