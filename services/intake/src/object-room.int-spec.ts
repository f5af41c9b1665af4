import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, sha256, type JsonObject } from '@handoff/contracts';
import { eventually, race, racesToRun, startTestService, type TestService } from '@handoff/testing';
import { giveKey } from './give-key.for-spec.js';

const KIB = 1024;
const DAY = 86_400;
const ROOM = 100 * KIB;

let folder: string;
let door: TestService;
let agent: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-intake-room-'));
  const env = {
    ...{ DATA_KEY: randomBytes(32).toString('base64'), OBJECTS_FOLDER: folder, OBJECT_DAYS: '2' },
    ...{ OBJECT_MAX_BYTES: String(60 * KIB), OBJECT_AGENT_BYTES: String(ROOM) },
  };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env, replicas: 2 });
}, 60_000);
afterAll(async () => {
  await door?.stop();
  await rm(folder, { recursive: true, force: true });
  for (const name of ['OBJECTS_FOLDER', 'OBJECT_DAYS', 'OBJECT_MAX_BYTES', 'OBJECT_AGENT_BYTES']) delete process.env[name];
});
beforeEach(async () => {
  agent = `agent-${newId()}`;
  key = await giveKey(door, agent);
});

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

async function put(sum: string, body: string | Buffer | ReadableStream, replica = 0): Promise<Answer> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
  const sent = { method: 'PUT', headers, body, duplex: 'half' } as RequestInit; // a stream needs `duplex`, which the type does not know
  const response = await fetch(`${door.urls[replica]}/v1/objects/${sum}`, sent);
  return { status: response.status, body: (await response.json()) as JsonObject };
}
/** Says its size beforehand, as whoever has all of it does. */
const puts = (kib: number, replica = 0): Promise<Answer> => {
  const bytes = randomBytes(kib * KIB);
  return put(sha256(bytes), bytes, replica);
};
/** Without a size, a piece at a time. */
const streams = (kib: number): Promise<Answer> => {
  const pieces = Array.from({ length: kib }, () => randomBytes(KIB));
  return put(sha256(Buffer.concat(pieces)), Readable.toWeb(Readable.from(pieces)) as ReadableStream);
};

describe('what one agent may have stored', () => {
  it('is bounded, and a refusal says the bound, what is used and when something goes', async () => {
    expect([(await puts(50)).status, (await puts(40)).status]).toEqual([201, 201]);
    const { status, body } = await puts(20);
    expect([status, body['code']]).toEqual([429, 'too_many_bytes']);
    expect(body['detail']).toContain(`at most ${ROOM} bytes`);
    expect(body['detail']).toContain(`has ${90 * KIB},`);
    expect(body['retry_after']).toBeGreaterThan(2 * DAY - 60);
    expect((await puts(10)).status).toBe(201);
  });

  it('is each agent’s own', async () => {
    await puts(60);
    key = await giveKey(door, `agent-${newId()}`);
    expect((await puts(60)).status).toBe(201);
  });

  it('counts what does not say its size as the largest, until all of it is there', async () => {
    expect((await puts(50)).status).toBe(201);
    const refused = await streams(1);
    expect([refused.status, refused.body['detail']]).toEqual([429, expect.stringContaining('Content-Length')]);
    key = await giveKey(door, `agent-${newId()}`);
    expect([(await streams(1)).status, (await streams(1)).status, (await puts(60)).status]).toEqual([201, 201, 201]);
  });

  it('counts the smallest as what they take on a disk', async () => {
    const small = await Promise.all(Array.from({ length: 30 }, () => put(sha256('a'), 'a')));
    expect(small.filter(({ status }) => status === 201)).toHaveLength(25);
  });

  it('is not exceeded by two that begin at once, at two replicas', async () => {
    for (let at = 0; at < racesToRun(10); at++) {
      key = await giveKey(door, `agent-${newId()}`);
      const statuses = (await race([() => puts(60, 0), () => puts(55, 1)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([201, 429]);
    }
  });

  it('is free again where an upload failed', async () => {
    for (let at = 0; at < 3; at++) expect((await put(sha256('other'), randomBytes(60 * KIB))).status).toBe(422);
    expect((await puts(60)).status).toBe(201);
  });

  it('is free again once an object’s time is over', async () => {
    expect([(await puts(60)).status, (await puts(60)).status]).toEqual([201, 429]);
    await door.advance(2 * DAY + 1);
    await eventually('it is gone', async () => (await puts(60)).status === 201);
  });
});
