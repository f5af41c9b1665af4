import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@handoff/runtime';
import { IntakeConfig } from '../intake.config.js';
import { objectPlaces } from './object-places.js';

const placesOf = (env: Readonly<Record<string, string>>) => {
  const needed = { DATABASE_URL: 'postgres://handoff@127.0.0.1/handoff', KAFKA_BROKERS: '127.0.0.1:9092', HTTP_PORT: '4100' };
  return objectPlaces(loadConfig(IntakeConfig, { ...needed, DATA_KEY: Buffer.alloc(32).toString('base64'), ...env }));
};

describe('where objects are kept', () => {
  it('is a folder, the one of npm start, where nothing is set', () => {
    expect(placesOf({})).toEqual({ folder: resolve('.handoff/objects'), s3: null });
    expect(placesOf({ OBJECTS_FOLDER: '/objects' })).toEqual({ folder: '/objects', s3: null });
  });

  it('is nowhere where that is said', () => {
    expect(placesOf({ OBJECTS_FOLDER: 'off' })).toEqual({ folder: null, s3: null });
  });

  it('is a bucket where one is named', () => {
    expect(placesOf({ OBJECTS_S3_BUCKET: 'handoff' }).s3).toEqual({ bucket: 'handoff', region: 'us-east-1', endpoint: null });
    expect(placesOf({ OBJECTS_S3_BUCKET: 'handoff', OBJECTS_S3_ENDPOINT: 'http://s3:9000' }).s3?.endpoint).toBe('http://s3:9000');
  });
});
