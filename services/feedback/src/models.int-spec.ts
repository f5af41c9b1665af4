import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AGENT,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffDecisions,
  OPERATOR,
  signServiceToken,
  type AskingVerdict,
  type HandoffAccepted,
  type JsonObject,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, aPacket, eventually, startTestService, type TestService } from '@handoff/testing';
import { evaluateCommand, trainCommand } from './cli/model-command.js';

const SECRET = 'a secret that intake and services share';
/** The schedule waits for all of them, however slowly they come. */
const EXAMPLES = 600;
let feedback: TestService;

beforeAll(async () => {
  const ADVICE_COSTS = '{"failure": 1, "look": 0.2, "domains": {"refunds": 4}}';
  const env = { SERVICE_TOKEN_SECRET: SECRET, ADVICE_COSTS, MODEL_FEWEST_EXAMPLES: String(EXAMPLES) };
  feedback = await startTestService({ service: 'feedback', load: () => import('./feedback.module.js'), env });
}, 60_000);
afterAll(() => feedback?.stop());

async function ask(path: string, roles: readonly string[], body?: object): Promise<{ readonly status: number; readonly body: JsonObject }> {
  const token = signServiceToken({ subject: 'refunds-agent', roles, tenant: DEFAULT_TENANT, audience: 'feedback' }, SECRET);
  const response = await fetch(`${feedback.url}/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, body: (await response.json()) as JsonObject };
}
const advice = (body: object) => ask('advice', [AGENT], body);

describe('advice before there is a model', () => {
  it('is the rule’s, and says so', async () => {
    expect(await advice({ packet: { confidence: 0.97 }, domain: 'refunds' })).toEqual({
      status: 200,
      body: {
        ask: false,
        p_fails_alone: null,
        p_action_wrong: null,
        threshold: 0.05,
        costs: { failure: 4, look: 0.2 },
        certified: false,
        reasons: ['there is no model yet, so the rule decides: the agent says that it is right in 97 of 100'],
        model_version: null,
        advice_id: expect.any(String),
      },
    });
    expect((await advice({ packet: { confidence: 0.9 }, domain: 'refunds' })).body).toMatchObject({ ask: true });
    expect((await advice({})).body).toMatchObject({ ask: true, threshold: 0.2 });
  });

  it('is to ask where the agent may not decide, whatever it is sure of', async () => {
    const sure = { confidence: 1, authority: { limit: 100, requested: 250, unit: 'EUR' } };
    const reasons = ['250 EUR is asked for, and the agent may decide up to 100'];
    expect((await advice({ packet: aPacket(sure) })).body).toMatchObject({ ask: true, reasons });
    expect((await advice({ packet: { confidence: 1 }, reason_code: 'policy_required' })).body).toMatchObject({ ask: true });
  });

  it('is for agents that intake knows, and about what can be read', async () => {
    expect((await ask('advice', ['lead'], {})).status).toBe(403);
    expect((await advice({ reason_code: 'because' })).status).toBe(422);
    expect((await advice({ packet: { authority: { limit: 'all' } } })).status).toBe(422);
  });
});

describe('a model that is learned from what people said', () => {
  const START = Date.parse('2026-03-02T08:00:00Z');
  const models = async (): Promise<JsonObject> => (await ask('models', ['viewer'])).body;
  const moment = (agent_model: string) => ({ confidence: 0.97, features: { domain: 'shop', agent_model } });
  let seconds = 0;

  /** People say of each whether its agent should have asked. */
  async function decided(count: number, verdictOf: (isWild: boolean) => AskingVerdict): Promise<void> {
    const handoffs = Array.from({ length: count }, (_, at): HandoffAccepted => {
      const accepted_at = new Date(START + 1000 * seconds++).toISOString();
      const reason_for_escalation = { code: 'low_confidence', text: 'Not sure.' };
      return anAcceptedHandoff({ accepted_at, packet: { reason_for_escalation, ...moment(at % 2 === 0 ? 'wild' : 'mild') } });
    });
    await feedback.deliver(handoffAccepted, handoffs);
    await feedback.deliver(
      handoffDecisions,
      handoffs.map((it, at) => aDecision(it, { asking_was: verdictOf(at % 2 === 0) })),
    );
  }

  it('is trained aside, judged on what came later, promoted for it, and changes what is advised in the right direction', async () => {
    await decided(EXAMPLES, (isWild) => (isWild ? 'necessary' : 'unnecessary'));
    expect((await advice({ packet: moment('wild') })).body).toMatchObject({ ask: false, model_version: null });
    const first = await eventually(
      'the first model is promoted, by the schedule',
      async () => {
        const now = await models();
        return now['champion'] !== null && now;
      },
      120,
    );
    const version = first['champion'];
    expect(first).toMatchObject({
      champion: version,
      shadow: null,
      items: [{ version, state: 'champion', cases: 480, groups: 480, figures: { fails_alone: { later: { n: 120 } }, action_wrong: null } }],
      events: [
        { event: 'promoted', by: 'comparison', evidence: { verdict: 'better', cases: 120 } },
        { event: 'trained', by: 'schedule' },
      ],
    });
    const [wild, mild] = [(await advice({ packet: moment('wild') })).body, (await advice({ packet: moment('mild') })).body];
    expect(wild).toMatchObject({ ask: true, certified: true, model_version: version });
    expect(mild).toMatchObject({ ask: false, certified: true });
    expect(Number(wild['p_fails_alone'])).toBeGreaterThan(0.8);
    expect(wild['reasons']).toEqual(expect.arrayContaining([expect.stringMatching(/^model wild makes it likelier/)]));
    const elsewhere = await advice({ packet: moment('wild'), domain: 'never seen' });
    expect(elsewhere.body).toMatchObject({ ask: false, certified: false });
  }, 240_000);

  it('is learned and told of on the live store by the commands, too, which change nothing there', async () => {
    const before = await models();
    const from = { kind: 'live', databaseUrl: process.env['DATABASE_URL'] ?? '' } as const;
    const folder = await mkdtemp(join(tmpdir(), 'handoff-model-'));
    const model = join(folder, 'model.json');
    const printed: string[] = [];
    const io = { print: (line: string) => void printed.push(line), log: () => undefined };
    expect(await trainCommand({ from, out: model }, io)).toBe(0);
    expect(printed[0]).toContain(`from ${EXAMPLES} cases in ${EXAMPLES} groups`);
    expect(await evaluateCommand({ model, from, isJson: true }, io)).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? '')).toMatchObject({ fails_alone: { n: EXAMPLES, auc: 1 }, action_wrong: null });
    expect(await models()).toEqual(before);
    await rm(folder, { recursive: true });
  }, 60_000);

  it('is the same again from the same data, so it is not kept twice', async () => {
    expect(await ask('models/train', [OPERATOR], {})).toMatchObject({ status: 409, body: { code: 'nothing_new' } });
    expect((await models())['items']).toHaveLength(1);
  }, 60_000);

  it('is seen by all who see the desk, and changed by leads, with a reason', async () => {
    const version = String((await models())['champion']);
    expect((await ask(`models/${version}`, ['viewer'])).body).toMatchObject({
      figures: { fails_alone: { risk_coverage: expect.any(Array), calibration_table: expect.any(Array), slices: expect.any(Array) } },
    });
    expect((await ask('models/rollback', ['responder'], { why: 'I want to.' })).status).toBe(403);
    expect((await ask('models/rollback', ['lead'], {})).status).toBe(422);
  });

  it('is rolled back in one step and comes back in another, and its history keeps both', async () => {
    const version = String((await models())['champion']);
    expect(await ask('models/rollback', ['lead'], { why: 'To see what the rule says.' })).toMatchObject({
      status: 200,
      body: { version: null },
    });
    expect((await advice({ packet: moment('wild') })).body).toMatchObject({ model_version: null, certified: false });
    expect((await ask(`models/${version}/promote`, ['lead'], { why: 'It was better.' })).status).toBe(200);
    const { events } = (await ask(`models/${version}`, ['viewer'])).body;
    expect((events as readonly JsonObject[]).map(({ event }) => event)).toEqual(['promoted', 'rolled_back', 'promoted', 'trained']);
  });

  it('is rolled back by itself where what comes contradicts it', async () => {
    await decided(120, (isWild) => (isWild ? 'unnecessary' : 'necessary'));
    const after = await eventually(
      'the model is rolled back',
      async () => {
        const now = await models();
        return now['champion'] === null && now;
      },
      90,
    );
    expect(after).toMatchObject({ health: { is_off: true }, events: [{ event: 'rolled_back', by: 'drift' }, {}, {}, {}, {}] });
    expect((await advice({ packet: moment('wild') })).body).toMatchObject({ model_version: null });
  }, 180_000);
});
