import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  handoffAssignments,
  newId,
  sha256,
  type AgentId,
  type HandoffAssignment,
  type HandoffId,
  type JsonObject,
  type OfferId,
  type TaskId,
} from '@handoff/contracts';
import { eventually, startTestService, type TestService } from '@handoff/testing';
import { makeKey } from './domain/agent-key.js';
import { giveKey } from './give-key.for-spec.js';

const MIB = 1024 * 1024;
const DAY = 86_400;

let folder: string;
let door: TestService;
const keys = { a: makeKey(), b: makeKey(), c: makeKey() };
type Name = keyof typeof keys;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-intake-objects-'));
  const env = {
    ...{ DATA_KEY: randomBytes(32).toString('base64'), OBJECTS_FOLDER: folder, OBJECT_DAYS: '2' },
    OBJECT_MAX_BYTES: String(65 * MIB),
  };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
  for (const [agent, key] of Object.entries(keys)) await giveKey(door, agent, key);
}, 60_000);
afterAll(async () => {
  await door?.stop();
  await rm(folder, { recursive: true, force: true });
  for (const name of ['OBJECTS_FOLDER', 'OBJECT_DAYS', 'OBJECT_MAX_BYTES']) delete process.env[name];
});

const headersOf = (agent: Name) => ({ authorization: `Bearer ${keys[agent]}`, 'content-type': 'application/octet-stream' });
const puts = (agent: Name, sum: string, bytes: Readable | Uint8Array): Promise<Response> =>
  fetch(`${door.url}/v1/objects/${sum}`, {
    method: 'PUT',
    headers: headersOf(agent),
    body: bytes instanceof Readable ? (Readable.toWeb(bytes) as ReadableStream) : Buffer.from(bytes),
    duplex: 'half',
    signal: AbortSignal.timeout(120_000),
  } as RequestInit); // a stream needs `duplex`, which the type does not know
const gets = (agent: Name, sum: string): Promise<Response> =>
  fetch(`${door.url}/v1/objects/${sum}`, { headers: headersOf(agent), signal: AbortSignal.timeout(120_000) });
/** Reads it to its end: a connection whose answer nobody reads is not free again. */
const statusOf = async (agent: Name, sum: string): Promise<number> => {
  const response = await gets(agent, sum);
  await response.arrayBuffer();
  return response.status;
};
const filesIn = async (): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));

/** Handed from a to b by a transfer that names it as its state. */
async function handsOn(sum: string): Promise<{ readonly status: number; readonly id: HandoffId; readonly taskId: TaskId }> {
  const taskId = `task-${newId()}` as TaskId;
  const transfer: JsonObject = {
    ...{ task_id: taskId, from: 'a', to: 'b', goal: 'Refund order 4711.', results: [], provenance: [] },
    ...{ remaining: [], decisions: [], constraints: [] },
    accumulated_state: { schema_id: 'acme/run/1', stored: true, sha256: sum },
  };
  const response = await fetch(`${door.url}/v1/transfers`, { method: 'POST', headers: headersOf('a'), body: JSON.stringify(transfer) });
  const body = (await response.json()) as JsonObject;
  return { status: response.status, id: body['handoff_id'] as HandoffId, taskId };
}

async function offered(id: HandoffId, taskId: TaskId, to: Name): Promise<void> {
  const told: HandoffAssignment = {
    ...{ tenant: DEFAULT_TENANT, handoff_id: id, task_id: taskId, agent_id: to as string as AgentId, offer_id: newId<OfferId>() },
    ...{ asked_by: null, text: '', question_id: null, decision_id: null, kind: 'transfer', due_by: null },
    ...{ sequence: 1, packet_version: 1, event: 'offered', asked_at: new Date().toISOString() },
  };
  await door.deliver(handoffAssignments, [told]);
}

describe('an object', () => {
  const bytes = Buffer.from('a state that is too large for a packet');
  const sum = sha256(bytes);

  it('is read as it was put by its agent and by whoever it was handed to, and by nobody else', async () => {
    expect(await (await puts('a', sum, bytes)).json()).toEqual({ sha256: sum, size: bytes.length });
    expect(await statusOf('b', sum)).toBe(404);
    const { status, id, taskId } = await handsOn(sum);
    expect(status).toBe(201);
    await offered(id, taskId, 'b');
    for (const agent of ['a', 'b'] as const) expect(await (await gets(agent, sum)).text()).toBe(bytes.toString());
    expect(await statusOf('c', sum)).toBe(404);
  });

  it('is encrypted where it lies', async () => {
    const [file = ''] = await filesIn();
    const stored = await readFile(file);
    expect(stored.includes('too large')).toBe(false);
  });

  it('that is not what it says is not kept, nor one that is too large, nor one under no checksum', async () => {
    const before = await filesIn();
    const wrong = await puts('a', sha256('other'), bytes);
    expect([wrong.status, await wrong.json()]).toMatchObject([422, { errors: [{ code: 'checksum_mismatch' }] }]);
    const large = Readable.from(Array.from({ length: 66 }, () => Buffer.alloc(MIB)));
    expect((await puts('a', sum, large)).status).toBe(422);
    expect((await puts('a', 'my-state', bytes)).status).toBe(404);
    expect(await filesIn()).toEqual(before);
  });

  it('has to be there before it is handed on', async () => {
    expect((await handsOn(sha256('nowhere'))).status).toBe(422);
  });

  it('goes when its time is over, and stays while it was handed on lately', async () => {
    const short = Buffer.from('short-lived');
    expect((await puts('a', sha256(short), short)).status).toBe(201);
    await door.advance(DAY);
    await handsOn(sum);
    await door.advance(1.5 * DAY);
    await eventually('the other is gone', async () => (await statusOf('a', sha256(short))) === 404 && (await filesIn()).length === 1);
    expect(await statusOf('a', sum)).toBe(200);
  });
});

describe('64 MiB of state', () => {
  it('go through in both directions with no more than a few MiB in memory', async () => {
    const chunk = (at: number): Buffer => Buffer.alloc(MIB, at);
    const hash = createHash('sha256');
    for (let at = 0; at < 64; at++) hash.update(chunk(at));
    const sum = hash.digest('hex');
    const memory = watchMemory();

    const sent = Readable.from(
      (function* () {
        for (let at = 0; at < 64; at++) {
          if (at % 16 === 15) memory.look();
          yield chunk(at);
        }
      })(),
    );
    expect((await puts('a', sum, sent)).status).toBe(201);
    const { id, taskId } = await handsOn(sum);
    await offered(id, taskId, 'b');
    const read = createHash('sha256');
    let size = 0;
    for await (const part of (await gets('b', sum)).body as unknown as AsyncIterable<Uint8Array>) {
      if (Math.floor(size / (16 * MIB)) < Math.floor((size + part.length) / (16 * MIB))) memory.look();
      size += part.length;
      read.update(part);
    }
    expect([size, read.digest('hex')]).toEqual([64 * MIB, sum]);
    expect(memory.most()).toBeLessThan(12 * MIB); // of both sides, and of Kafka's client beside them
  }, 240_000);
});

/** What is alive outside of what was there before: buffers and objects, once what nobody holds any more is collected. */
function watchMemory() {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const alive = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = alive();
  let most = 0;
  return { look: () => void (most = Math.max(most, alive() - before)), most: () => most };
}
