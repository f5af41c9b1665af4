import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Door } from './support/agent.js';
import { JourneySystem } from './support/journey-system.js';
import type { Answer, Person } from './support/person.js';
import { pythonPackages } from './support/python-packages.js';
import { EXAMPLES, RECIPES, type Recipe } from './support/recipes.js';

const packages = await pythonPackages(join(EXAMPLES, 'python/requirements.txt'));

let system: JourneySystem;
let ana: Person;
let door: Door;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-recipes-'));
  system = await JourneySystem.start({ replicas: 1 });
  [ana, door] = await Promise.all([system.person('ana'), system.doorFor('recipes')]);
});
afterAll(async () => {
  await system?.stop();
  await rm(folder, { recursive: true, force: true });
});

const EDITED = { order: '881', amount: 60 };

describe.each(Object.entries(RECIPES))('%s', (name, recipe) => {
  const isMissing = recipe.isPython && packages.kind === 'missing';
  const why = isMissing ? ` (skipped: ${packages.why})` : '';

  (isMissing ? it.skip : it)(`is killed while it waits, and goes on with what a person made of it or not at all${why}`, async () => {
    const [edited, rejected] = await Promise.all([
      answeredWhileDead(recipe, `${name} edited`, { type: 'edit', args: EDITED }),
      answeredWhileDead(recipe, `${name} rejected`, { type: 'reject', message: 'Not this one.' }),
    ]);
    expect(edited).toMatchObject({ paid: EDITED });
    expect(rejected).toMatchObject({ paid: null });
  });
});

/** What the agent prints at its end: it is killed once its question is here, answered, and started again. */
async function answeredWhileDead(recipe: Recipe, taskId: string, answer: Answer): Promise<JsonObject> {
  const first = start(recipe, taskId);
  const said = outputOf(first);
  const accepted = system.agent('recipes').accepted(taskId);
  await Promise.race([accepted, said.then((all) => Promise.reject(new Error(`${recipe.run} ended by itself: ${all}`)))]);
  first.kill('SIGKILL');
  await said;
  const { handoff_id: id, packet } = await accepted;
  await ana.opens(id);
  expect(await ana.answers(id, answer)).toMatchObject({ status: 201 });
  if (recipe.file !== RECIPES['Python on nothing but a Kafka client'].file) expect(packet.resume).toBe(taskId);
  const all = await outputOf(start(recipe, taskId));
  return JSON.parse(all.trim().split('\n').at(-1) ?? '') as JsonObject; // as each recipe ends
}

function start({ run, isPython }: Recipe, taskId: string): ChildProcess {
  const env = {
    ...process.env,
    HANDOFF_URL: door.url,
    HANDOFF_KEY: door.key,
    KAFKA_BROKERS: system.brokers,
    TOPIC_PREFIX: system.named({ topic: '' }),
    PYTHONPATH: packages.kind === 'there' ? packages.folder : '',
  };
  return spawn(isPython ? 'python3' : process.execPath, [join(EXAMPLES, run), taskId, folder], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said = chunk.toString() + said));
  await once(child, 'close');
  return said;
}
