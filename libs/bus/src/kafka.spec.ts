import { describe, expect, it } from '@jest/globals';
import { createKafka, KafkaSettingsError } from './kafka.js';

const KAFKA_BROKERS = '127.0.0.1:9092';

describe('the settings of Kafka', () => {
  it.each([undefined, '', 'plain', 'SCRAM-SHA-512'])('take %s as a mechanism', (KAFKA_SASL_MECHANISM) => {
    expect(() => createKafka('test', { KAFKA_BROKERS, KAFKA_SASL_MECHANISM })).not.toThrow();
  });

  it('refuse a mechanism that they do not know instead of connecting without one', () => {
    expect(() => createKafka('test', { KAFKA_BROKERS, KAFKA_SASL_MECHANISM: 'gssapi' })).toThrow(KafkaSettingsError);
  });
});
