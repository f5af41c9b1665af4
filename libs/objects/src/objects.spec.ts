import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import type { ObjectStore } from './object-store.js';
import { openObjects } from './open-objects.js';
import { S3Objects } from './s3-objects.js';

const BUCKET = 'handoff';
let folder: string;
let server: S3rver;
const stores: Record<string, ObjectStore | null> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-objects-'));
  server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(folder, 's3') });
  const { port } = await server.run();
  const endpoint = `http://127.0.0.1:${port}`;
  process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
  const admin = new S3Client({ region: 'eu-1', endpoint, forcePathStyle: true });
  await admin.send(new CreateBucketCommand({ Bucket: BUCKET }));
  admin.destroy();
  stores['files'] = await openObjects({ folder: join(folder, 'files'), s3: null });
  stores['S3'] = await openObjects({ folder: null, s3: { bucket: BUCKET, region: 'eu-1', endpoint } });
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) delete process.env[name];
});

const storeOf = (name: string): ObjectStore => {
  const store = stores[name];
  if (!store) throw new Error(`There is no store "${name}".`);
  return store;
};
const chunks = (count: number): Readable => Readable.from(Array.from({ length: count }, (_, at) => Buffer.alloc(1024 * 1024, at)));

describe.each(['files', 'S3'])('objects in %s', (name) => {
  it('are read as they were written, in parts or not, and again when they are written again', async () => {
    for (const size of [0, 1, 12]) {
      await storeOf(name).write('one', chunks(size));
      const read = await storeOf(name).read('one');
      expect(read && (await buffer(read)).equals(await buffer(chunks(size)))).toBe(true);
    }
  });

  it('are not there until all of it is', async () => {
    const broken = Readable.from(
      (function* () {
        for (let at = 0; at < 12; at++) yield Buffer.alloc(1024 * 1024);
        throw new Error('The other side is gone.');
      })(),
    );
    await expect(storeOf(name).write('half', broken)).rejects.toThrow('The other side is gone.');
    expect(await storeOf(name).read('half')).toBeNull();
  });

  it('are gone once they are removed, and removing again is no error', async () => {
    await storeOf(name).write('two', chunks(1));
    await storeOf(name).remove('two');
    await storeOf(name).remove('two');
    expect(await storeOf(name).read('two')).toBeNull();
  });
});

describe('objects in S3', () => {
  it('are not waited for where nobody answers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`; // of a server on a port it is never a path
    const store = new S3Objects({ bucket: BUCKET, region: 'eu-1', endpoint }, 50);
    await expect(store.read('one')).rejects.toThrow();
    await expect(store.write('one', chunks(1))).rejects.toThrow();
    silent.close();
  });
});

describe('objects in files', () => {
  it('leave no part of what failed', async () => {
    const files = await readdir(join(folder, 'files'), { recursive: true });
    expect(files.filter((it) => it.includes('half'))).toEqual([]);
  });

  it('are nowhere where no place is set', async () => {
    expect(await openObjects({ folder: null, s3: null })).toBeNull();
  });
});
