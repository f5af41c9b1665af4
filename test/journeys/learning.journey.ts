import {
  handoffAccepted,
  handoffDecisions,
  handoffFeedback,
  handoffOutcomes,
  isJsonObject,
  type HandoffAccepted,
  type Json,
  type JsonObject,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Agent } from './support/agent.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { inLanes } from './support/in-lanes.js';
import { JourneySystem } from './support/journey-system.js';
import { kindsOfCases } from './support/kinds-of-cases.js';
import type { Person } from './support/person.js';
import { runHandoff } from './support/run-handoff.js';
import { faultsOfView } from './support/sound-views.js';
import { takePicture } from './support/take-picture.js';

/** By the defaults so many are enough for a first model, and a hundred that came after what it has learned from for its promotion. */
const FIRST = 200;
const TASKS = FIRST + 120;
/** As many at a time as people answer. */
const AT_ONCE = 12;
/** The trainer looks each 15 seconds, first to train and then to compare. */
const LEARNED_WITHIN_SECONDS = 120;

const KINDS = kindsOfCases(TASKS / 2 + 1);
let system: JourneySystem;
let agent: Agent;
/** The agents'. */
let door: string;
let ana: Person;
let ben: Person;
let asked: readonly HandoffAccepted[];

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  door = (await system.doorFor('refunds-agent')).url;
  [agent, ana, ben] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ana'), system.person('ben')]);
}, 180_000);
afterAll(() => system?.stop());

const isWrongAt = (at: number): boolean => at % 2 === 0;
const caseAt = (at: number): JsonObject => KINDS[isWrongAt(at) ? 'wrong' : 'right'][Math.floor(at / 2)] ?? {};
const atDoor = (path: string): string => `${door}/v1/${path}`;
/** Of one of that kind that nobody was asked about. */
const advice = async (kind: 'right' | 'wrong', confidence: number): Promise<JsonObject> =>
  (await agent.posts(atDoor('advice'), { packet: { ...KINDS[kind].at(-1), confidence } })).body;
const models = async (): Promise<JsonObject> => (await ben.asksForFigures('/models')).body;
const statesOf = ({ items }: JsonObject): readonly Json[] =>
  (Array.isArray(items) ? items.filter(isJsonObject) : []).map(({ version = null, state = null }) => [version, state]);
const digest = async (): Promise<JsonObject> => (await agent.gets(atDoor('agents/me/digest'))).body;

describe(`an agent that hears back of what it asks, with cases of ${KINDS.from}`, () => {
  it('is advised by a rule while nothing is known, and the advice says so', async () => {
    const reasons = [expect.stringMatching(/^there is no model yet, so the rule decides: the agent says that it is right in/)];
    const byRule = { model_version: null, certified: false, p_fails_alone: null, reasons };
    expect(await advice('wrong', 0.95)).toMatchObject({ ...byRule, ask: false });
    expect(await advice('right', 0.5)).toMatchObject({ ...byRule, ask: true });
  });

  it('is answered by people, and hears of each once whether asking was right', async () => {
    asked = await answered(0, FIRST);
    await eventually('every task has its feedback', async () => (await system.events(handoffFeedback)).length >= FIRST, 60);
    expect(await digest()).toMatchObject({ asked: FIRST, acceptance: { rate: 0.5 } });
  }, 240_000);

  it('is told how they ended, and what was said of them is corrected', async () => {
    const [, right] = asked;
    expect(
      await agent.posts(atDoor('outcomes'), { task_id: right?.task_id, result: 'succeeded', executed_digest: right?.action_digest }),
    ).toMatchObject({ status: 202 });
    await system.event(
      'the second revision',
      handoffFeedback,
      ({ handoff_id, revision, recommendation }) => handoff_id === right?.handoff_id && revision === 2 && recommendation.correct === true,
    );
  });

  it('is advised by what people said, once a model is trained by the schedule and promoted for what came after', async () => {
    await modelsOnce('a model is trained', ({ champion, shadow }) => typeof (champion ?? shadow) === 'string');
    asked = [...asked, ...(await answered(FIRST, TASKS))];
    const learned = await modelsOnce('a model answers', ({ champion }) => typeof champion === 'string');
    const version = learned['champion'];
    expect(learned['events']).toMatchObject([
      { version, event: 'promoted', by: 'comparison' },
      { version, event: 'trained', by: 'schedule' },
    ]);
    const byModel = { model_version: version, certified: true };
    expect(await advice('wrong', 0.95)).toMatchObject({ ...byModel, ask: true });
    expect(await advice('right', 0.5)).toMatchObject({ ...byModel, ask: false });
  }, 300_000);

  (hasChromium ? it : it.skip)(
    `is shown to leads: what it asks, how far models can be believed, and what people would have to look at against what would go wrong${whyNot}`,
    async () => {
      const browser = await openBrowser();
      try {
        const desk = await DeskPage.open(system, browser, 'ben');
        const { page } = desk;
        await page.getByRole('navigation').getByRole('link', { name: 'Asking' }).click();
        const slider = page.getByRole('slider', { name: /^Ask a person where going on alone fails/ });
        const told = async (...keys: readonly string[]): Promise<readonly number[]> => {
          for (const key of keys) await slider.press(key);
          const said = await page.getByText(/^People are asked about/).innerText();
          return [...said.matchAll(/([\d.]+)\s?%/g)].map(([, share]) => Number(share));
        };
        const [never, always] = [await told('End'), await told('Home')];
        expect(always).toEqual([100, 0]);
        expect(never).toEqual([0, expect.any(Number)]);
        expect(never[1]).toBeGreaterThan(30); // nearly half of them
        const [load, wrong] = await told(...Array.from({ length: 5 }, () => 'ArrowRight'));
        expect(load).toBeGreaterThan(30);
        expect(load).toBeLessThan(70);
        expect(wrong).toBeLessThan(10);
        await page.getByText(/promoted by comparison/).waitFor();
        await page.getByRole('table', { name: 'How often what was said came true' }).waitFor();
        expect(await faultsOfView(desk)).toEqual([]);
        expect(desk.complaints).toEqual([]);
        await takePicture(desk, 'desk-asking', 1400);
      } finally {
        await browser.close();
      }
    },
    120_000,
  );

  it('changes neither counts nor models where events come again, and where all is read again', async () => {
    const before = { digest: await digest(), models: statesOf(await models()), taught: await modelOfTheStore('before') };
    const [heard, { task_id, action_digest: executed_digest } = fail()] = [await system.events(handoffFeedback), asked[1]];
    await Promise.all([
      system.repeats(handoffDecisions),
      system.repeats(handoffAccepted),
      system.publish(handoffOutcomes, {
        key: null,
        value: JSON.stringify({ task_id, agent_id: 'refunds-agent', result: 'succeeded', executed_digest }),
      }),
    ]);
    await readsAllAgain();
    expect(await digest()).toEqual(before.digest);
    expect(statesOf(await models())).toEqual(before.models);
    expect(await modelOfTheStore('after')).toBe(before.taught);
    expect(await system.events(handoffFeedback)).toHaveLength(heard.length);
    expect(heard.filter(({ revision }) => revision > 1)).toHaveLength(1);
  }, 180_000);

  it('is advised by the rule again where an operator rolls the model back, whose name and reason are kept', async () => {
    expect(await runHandoff(system, 'model rollback --why too-bold')).toMatchObject({
      code: 0,
      said: expect.stringContaining('No model answers'),
    });
    expect(await advice('wrong', 0.95)).toMatchObject({ ask: false, model_version: null });
    const { code, out } = await runHandoff(system, 'model history');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/rolled_back +olga +too-bold/) });
  });
});

/** What is learned of all that people have said so far, to the byte. */
async function modelOfTheStore(name: string): Promise<string> {
  const file = join(system.home, `${name}.json`);
  expect(await runHandoff(system, `model train --live --out ${file}`)).toMatchObject({ code: 0 });
  return readFile(file, 'utf8');
}

/** As an operator sets a group's offsets back: feedback reads every topic once more, from its beginning. */
async function readsAllAgain(): Promise<void> {
  const feedback = system.service('feedback');
  const db = new pg.Client({ connectionString: system.databaseUrlOf('feedback'), options: '-c search_path=feedback' });
  await Promise.all([db.connect(), feedback.stop()]);
  try {
    const { rows: read } = await db.query<{ topic: string }>('UPDATE consumed_offsets SET next_offset = 0 RETURNING topic');
    await feedback.start();
    for (const topic of new Set(read.map((it) => it.topic))) await system.hasRead('feedback', { topic });
  } finally {
    await db.end();
  }
}

async function modelsOnce(what: string, isSo: (models: JsonObject) => boolean): Promise<JsonObject> {
  const look = async (): Promise<JsonObject | null> => {
    const now = await models();
    return isSo(now) ? now : null;
  };
  return eventually(what, look, LEARNED_WITHIN_SECONDS);
}

/** Asked about by the agent, and answered by people, in lanes. */
function answered(from: number, until: number): Promise<readonly HandoffAccepted[]> {
  const tasks = Array.from({ length: until - from }, (_, at) => [String(from + at), from + at] as const);
  const work = async (at: number): Promise<HandoffAccepted> =>
    answers(await agent.asks({ ...caseAt(at), task_id: `learnt-${at}` }), isWrongAt(at));
  return Promise.all(inLanes(AT_ONCE, tasks, work).values());
}

async function answers(it: HandoffAccepted, isWrong: boolean): Promise<HandoffAccepted> {
  await ana.opens(it.handoff_id);
  const { status } = await ana.answers(it.handoff_id, isWrong ? { type: 'reject', message: 'Not so.' } : { type: 'approve' });
  expect(status).toBeLessThan(300);
  return it;
}

function fail(): never {
  throw new Error('A task was asked about.');
}
