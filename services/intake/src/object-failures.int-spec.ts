import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256, type JsonObject } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { ObjectDoor, type Answer } from './object-door.for-spec.js';

const DAY = 86_400;
const MIB = 1024 * 1024;
const bytes = randomBytes(200_000);

let door: ObjectDoor;
let agent: Readonly<Record<string, string>>;

beforeAll(async () => {
  door = await ObjectDoor.start({ OBJECT_DAYS: '2', OBJECT_AGENT_BYTES: String(MIB) });
}, 60_000);
afterAll(() => door?.stop());
beforeEach(async () => {
  agent = await door.anAgent();
});

const rows = (): Promise<readonly unknown[]> => door.intake.query('SELECT name FROM objects');
const gets = (sum: string): Promise<Response> => fetch(door.urlOf(sum), { headers: agent });
const problemOf = async (response: Response): Promise<Answer> => ({ status: response.status, body: (await response.json()) as JsonObject });

/** Puts an object, and changes what of it lies in the store. */
async function damaged(change: (file: string) => Promise<void>): Promise<void> {
  const before = await door.files();
  expect((await door.puts(agent, bytes)).status).toBe(201);
  const [file = ''] = (await door.files()).filter((it) => !before.includes(it));
  await change(file);
}

/** In place of the folder there is a file, which no object can be written below. */
async function withoutStore(work: () => Promise<void>): Promise<void> {
  await rename(door.folder, `${door.folder}.away`);
  await writeFile(door.folder, '');
  await work();
  await rm(door.folder);
  await rename(`${door.folder}.away`, door.folder);
}

describe('an object', () => {
  it('of which not all comes leaves nothing', async () => {
    const cut = request(door.urlOf(sha256(bytes)), { method: 'PUT', headers: { ...agent, 'content-length': String(bytes.length) } });
    cut.on('error', () => undefined);
    cut.write(bytes.subarray(0, 100_000));
    await eventually('it has begun', async () => (await door.files()).length > 0);
    cut.destroy();
    await eventually('nothing is left', async () => (await door.files()).length + (await rows()).length === 0);
  });

  it('is named by a checksum, and by nothing else that could be a path or is no text', async () => {
    for (const name of ['%00', '..%2f..%2fetc%2fpasswd', sha256(bytes).toUpperCase()]) {
      const read = await problemOf(await gets(name));
      expect([read.status, read.body['detail']]).toEqual([404, expect.stringContaining('64 hex digits')]);
    }
  });

  it('that says it is too large is refused before it comes', async () => {
    const refused = await door.put(agent, Buffer.alloc(2 * MIB), sha256('x'));
    expect([refused.status, refused.body['errors']]).toMatchObject([422, [{ code: 'too_large' }]]);
    expect(await rows()).toEqual([]);
  });

  it.each([
    ['cut off', (file: string) => truncate(file, 65_536 + 33)],
    [
      'changed',
      async (file: string) => writeFile(file, Buffer.concat([(await readFile(file)).subarray(0, 150_000), Buffer.alloc(50_000)])),
    ],
  ])('that was %s in the store breaks off', async (_how, change) => {
    await damaged(change);
    await expect(gets(sha256(bytes)).then((response) => response.arrayBuffer())).rejects.toThrow();
  });

  it('that the store has lost is said to be lost, and is there again once it was put again', async () => {
    await damaged((file) => rm(file));
    const { status, body } = await problemOf(await gets(sha256(bytes)));
    expect([status, body['detail']]).toEqual([500, expect.stringContaining('OBJECTS_FOLDER')]);
    expect((await door.puts(agent, bytes)).status).toBe(201);
    expect((await gets(sha256(bytes))).status).toBe(200);
  });
});

describe('an object store out of reach', () => {
  it('is said to be that, in both directions, and takes nothing of its agent’s room', async () => {
    expect((await door.puts(agent, bytes)).status).toBe(201);
    await withoutStore(async () => {
      const put = await door.puts(agent, bytes);
      expect([put.status, put.body['code'], put.body['detail']]).toEqual([503, 'object_store_away', expect.stringContaining('ENOTDIR')]);
      expect((await problemOf(await gets(sha256(bytes)))).body['code']).toBe('object_store_away');
    });
    await eventually('it has room', async () => (await door.puts(agent, randomBytes(800_000))).status === 201);
  });

  it('that cannot remove one object removes the others', async () => {
    await damaged(async (file) => {
      await rm(file);
      await mkdir(file); // which is no file that could be removed
    });
    await door.puts(agent, randomBytes(1));
    await door.intake.advance(2 * DAY + 1);
    await eventually('the others are gone', async () => (await rows()).length === 1);
  });
});
