import { describe, expect, it } from '@jest/globals';
import { installationFrom } from './installation.js';

const note = {
  brokers: '127.0.0.1:21000',
  topicPrefix: 'a.',
  groupPrefix: 'b.',
  urls: { intake: ['i1', 'i2'], routing: ['r'], 'sla-monitor': ['s'], notifier: ['n'], feedback: ['f'] },
  canaryUrl: 'http://canary',
  databaseUrl: 'postgres://noted/handoff',
};

describe('where an installation is', () => {
  it('is where npm start would run it, where nothing else is said', () => {
    expect(installationFrom({ HANDOFF_ROUTING_PORT: '5101' }, null, null)).toMatchObject({
      brokers: '127.0.0.1:4192',
      topicPrefix: '',
      urls: { intake: ['http://127.0.0.1:4100'], routing: ['http://127.0.0.1:5101'] },
      databaseUrl: null,
    });
  });

  it('is as the running system has noted it', () => {
    expect(installationFrom({}, note, '/home')).toEqual({ ...note, dataDir: '/home' });
  });

  it('is as the settings say, before anything else, with each process of a service', () => {
    const env = {
      ...{ KAFKA_BROKERS: 'kafka:9092', TOPIC_PREFIX: '', DATABASE_URL: 'postgres://admin:pw@db/postgres?sslmode=require' },
      ROUTING_URL: 'https://one/, https://two',
    };
    expect(installationFrom(env, note, null)).toMatchObject({
      brokers: 'kafka:9092',
      topicPrefix: '',
      urls: { intake: ['i1', 'i2'], routing: ['https://one', 'https://two'] },
      databaseUrl: 'postgres://admin:pw@db/handoff?sslmode=require',
    });
  });
});
