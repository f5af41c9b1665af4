import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '@handoff/contracts';

/** As `npm run contracts` uses it. */
const { brokenPromises } = (await import(String(new URL('../../tools/api/released.mjs', import.meta.url)))) as {
  readonly brokenPromises: (schemas: ReadonlyMap<string, JsonObject>, released: URL) => Promise<readonly string[]>;
};

const SCHEMA = { type: 'object', properties: { task_id: { type: 'string' } } };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-released-'));
  await mkdir(join(folder, '0.1/schemas'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keep = (file: string, value: Json): Promise<void> => writeFile(join(folder, '0.1', file), JSON.stringify(value));
const broken = (schemas: Readonly<Record<string, JsonObject>> = { 'handoff.replies': SCHEMA }): Promise<readonly string[]> =>
  brokenPromises(new Map(Object.entries(schemas)), pathToFileURL(`${folder}/`));

describe('what a release promised', () => {
  it('is kept while its files are there and the contracts take what they took', async () => {
    await keep('released.json', ['schemas/handoff.replies.schema.json', 'handoff.replies.json']);
    await keep('schemas/handoff.replies.schema.json', SCHEMA);
    await keep('handoff.replies.json', {});
    expect(await broken()).toEqual([]);
  });

  it('is missed, file by file', async () => {
    await keep('released.json', ['schemas/handoff.replies.schema.json', 'handoff.replies.json']);
    expect(await broken()).toEqual([
      '0.1/schemas/handoff.replies.schema.json is missing, which 0.1 promised',
      '0.1/handoff.replies.json is missing, which 0.1 promised',
    ]);
  });

  it('is missed as a whole', async () => {
    expect(await broken()).toEqual(['0.1/released.json is missing: it names what 0.1 promised']);
    await rm(join(folder, '0.1'), { recursive: true });
    expect(await broken()).toEqual(['Nothing is kept of any release']);
  });

  it('is broken where a topic is gone', async () => {
    await keep('released.json', ['schemas/handoff.replies.schema.json']);
    await keep('schemas/handoff.replies.schema.json', SCHEMA);
    expect(await broken({})).toEqual(['handoff.replies breaks what 0.1 promised: it is gone']);
  });
});
