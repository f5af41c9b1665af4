import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '@handoff/contracts';
import { eventually, race, racesToRun } from '@handoff/testing';
import { ObjectDoor, type Answer } from './object-door.for-spec.js';

const KIB = 1024;
const DAY = 86_400;
const ROOM = 100 * KIB;

let door: ObjectDoor;
let agent: Readonly<Record<string, string>>;

beforeAll(async () => {
  door = await ObjectDoor.start({ OBJECT_DAYS: '2', OBJECT_MAX_BYTES: String(60 * KIB), OBJECT_AGENT_BYTES: String(ROOM) }, 2);
}, 60_000);
afterAll(() => door?.stop());
beforeEach(async () => {
  agent = await door.anAgent();
});

/** Says its size beforehand, as whoever has all of it does. */
const puts = (kib: number, replica = 0): Promise<Answer> => door.puts(agent, randomBytes(kib * KIB), replica);
/** Without a size, a piece at a time. */
const streams = (kib: number): Promise<Answer> => {
  const pieces = Array.from({ length: kib }, () => randomBytes(KIB));
  return door.put(agent, Readable.toWeb(Readable.from(pieces)) as ReadableStream, sha256(Buffer.concat(pieces)));
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
    agent = await door.anAgent();
    expect((await puts(60)).status).toBe(201);
  });

  it('counts what does not say its size as the largest, until all of it is there', async () => {
    expect((await puts(50)).status).toBe(201);
    const refused = await streams(1);
    expect([refused.status, refused.body['detail']]).toEqual([429, expect.stringContaining('Content-Length')]);
    agent = await door.anAgent();
    expect([(await streams(1)).status, (await streams(1)).status, (await puts(60)).status]).toEqual([201, 201, 201]);
  });

  it('counts the smallest as what they take on a disk', async () => {
    const small = await Promise.all(Array.from({ length: 30 }, () => door.puts(agent, randomBytes(1))));
    expect(small.filter(({ status }) => status === 201)).toHaveLength(25);
  });

  it('is not exceeded by two that begin at once, at two replicas', async () => {
    for (let at = 0; at < racesToRun(10); at++) {
      agent = await door.anAgent();
      const statuses = (await race([() => puts(60, 0), () => puts(55, 1)])).map(({ status }) => status);
      expect(statuses.sort()).toEqual([201, 429]);
    }
  });

  it('is free again where an upload failed', async () => {
    for (let at = 0; at < 3; at++) expect((await door.put(agent, randomBytes(60 * KIB), sha256('other'))).status).toBe(422);
    expect((await puts(60)).status).toBe(201);
  });

  it('is free again soon where the same bytes were put again', async () => {
    const bytes = randomBytes(50 * KIB);
    expect([(await door.puts(agent, bytes)).status, (await door.puts(agent, bytes)).status]).toEqual([201, 201]);
    expect((await puts(50)).status).toBe(429);
    await door.intake.advance(61);
    await eventually('the earlier one is gone', async () => (await puts(50)).status === 201);
    expect((await fetch(door.urlOf(sha256(bytes)), { headers: agent })).status).toBe(200);
  });

  it('is free again once an object’s time is over', async () => {
    expect([(await puts(60)).status, (await puts(60)).status]).toEqual([201, 429]);
    await door.intake.advance(2 * DAY + 1);
    await eventually('it is gone', async () => (await puts(60)).status === 201);
  });
});
