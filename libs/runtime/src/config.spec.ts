import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig, ServiceConfig } from './config.js';

const enough = { DATABASE_URL: 'postgres://handoff:secret@127.0.0.1:5432/handoff', KAFKA_BROKERS: '127.0.0.1:9092', HTTP_PORT: '4100' };

describe('settings', () => {
  it('are typed, and have defaults', () => {
    expect(loadConfig(ServiceConfig, enough)).toMatchObject({
      HTTP_PORT: 4100,
      HTTP_HOST: '127.0.0.1',
      TOPIC_PREFIX: '',
      DATABASE_POOL_SIZE: 10,
    });
  });

  it('that are wrong or missing are all named at once', () => {
    const load = () => loadConfig(ServiceConfig, { DATABASE_URL: 'nonsense', HTTP_PORT: '99999' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/DATABASE_URL.*KAFKA_BROKERS.*HTTP_PORT/s);
  });

  it('left empty count as not set', () => {
    expect(loadConfig(ServiceConfig, { ...enough, HTTP_HOST: '' }).HTTP_HOST).toBe('127.0.0.1');
  });
});
