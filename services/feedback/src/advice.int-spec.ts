import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AGENT, DEFAULT_TENANT, signServiceToken, type JsonObject } from '@handoff/contracts';
import { aPacket, startTestService, type TestService } from '@handoff/testing';

const SECRET = 'a secret that intake and services share';
let feedback: TestService;

beforeAll(async () => {
  const env = { SERVICE_TOKEN_SECRET: SECRET, ADVICE_COSTS: '{"failure": 1, "look": 0.2, "domains": {"refunds": 4}}' };
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
