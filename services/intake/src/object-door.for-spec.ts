import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, sha256, type JsonObject } from '@handoff/contracts';
import { startTestService, type TestService } from '@handoff/testing';
import { giveKey } from './give-key.for-spec.js';

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** An intake that keeps objects in a folder of its own, and agents that put them there. */
export class ObjectDoor {
  private constructor(
    readonly intake: TestService,
    readonly folder: string,
    private readonly settings: readonly string[],
  ) {}

  static async start(limits: Readonly<Record<string, string>>, replicas = 1): Promise<ObjectDoor> {
    const folder = await mkdtemp(join(tmpdir(), 'handoff-intake-objects-'));
    const env = { DATA_KEY: randomBytes(32).toString('base64'), OBJECTS_FOLDER: folder, ...limits };
    const intake = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env, replicas });
    return new ObjectDoor(intake, folder, Object.keys(env));
  }

  async stop(): Promise<void> {
    await this.intake.stop();
    await rm(this.folder, { recursive: true, force: true });
    for (const name of this.settings) delete process.env[name];
  }

  /** @returns the headers by which a new agent puts objects */
  async anAgent(): Promise<Readonly<Record<string, string>>> {
    const key = await giveKey(this.intake, `agent-${newId()}`);
    return { authorization: `Bearer ${key}`, 'content-type': 'application/octet-stream' };
  }

  urlOf(sum: string, replica = 0): string {
    return `${this.intake.urls[replica]}/v1/objects/${sum}`;
  }

  async put(headers: Readonly<Record<string, string>>, body: Buffer | ReadableStream, sum: string, replica = 0): Promise<Answer> {
    const sent = { method: 'PUT', headers, body, duplex: 'half' } as RequestInit; // a stream needs `duplex`, which the type does not know
    const response = await fetch(this.urlOf(sum, replica), sent);
    return { status: response.status, body: (await response.json()) as JsonObject };
  }

  puts(headers: Readonly<Record<string, string>>, bytes: Buffer, replica = 0): Promise<Answer> {
    return this.put(headers, bytes, sha256(bytes), replica);
  }

  async files(): Promise<readonly string[]> {
    const all = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return all.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  }
}
