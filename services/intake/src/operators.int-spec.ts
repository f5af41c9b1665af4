import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_TENANT,
  OPERATOR,
  readServiceToken,
  signServiceToken,
  type AgentId,
  type JsonObject,
  type TenantId,
} from '@handoff/contracts';
import { bareFields, FakeReceiver, startTestService, type TestService } from '@handoff/testing';
import { makeKey } from './domain/agent-key.js';
import { giveKey } from './give-key.for-spec.js';

const SECRET = 'a secret that the desk and services share';
const AGENT = 'refunds-agent' as AgentId;
const key = makeKey();
let door: TestService;
let feedback: FakeReceiver;
let handoffId: string;

const tokenOf = (role: string, tenant: TenantId = DEFAULT_TENANT): string =>
  signServiceToken({ subject: 'olga', roles: [role], tenant, audience: 'intake' }, SECRET);

async function ask(path: string, token: string, body?: object): Promise<{ readonly status: number; readonly body: JsonObject }> {
  const response = await fetch(`${door.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: response.status, body: (await response.json()) as JsonObject };
}

beforeAll(async () => {
  feedback = await FakeReceiver.start(() => ({ status: 200, body: { ask: true } }));
  const env = { DATA_KEY: randomBytes(32).toString('base64'), SERVICE_TOKEN_SECRET: SECRET, FEEDBACK_URL: feedback.url };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
  await giveKey(door, AGENT, key);
  const { body } = await ask('/v1/handoffs', key, bareFields({ task_id: 'refund/1 ü' }));
  handoffId = String(body['handoff_id']);
  await door.advance(60);
  await ask('/v1/handoffs', key, bareFields({ task_id: 'refund-2' }));
}, 60_000);
afterAll(async () => {
  await door?.stop();
  await feedback?.stop();
});

describe('operators at intake', () => {
  it('find the handoffs of a task by its name, whatever is in it', async () => {
    const path = `/v1/tasks/${encodeURIComponent('refund/1 ü')}/handoffs`;
    expect(await ask(path, tokenOf('viewer'))).toMatchObject({
      status: 200,
      body: { items: [{ handoff_id: handoffId, agent_id: AGENT }] },
    });
    expect((await ask(path, tokenOf('viewer', 'acme' as TenantId))).body).toEqual({ items: [] });
  });

  it('see how regularly each agent asks', async () => {
    const { body } = await ask('/operator/v1/agents', tokenOf(OPERATOR));
    expect(body).toMatchObject({ asking: [{ agent_id: AGENT, handoffs: 2 }], unanswered: [] });
    const [agent] = body['asking'] as readonly JsonObject[];
    expect(Math.round(Number(agent?.['usual_gap_seconds']))).toBe(60);
    expect((await ask('/operator/v1/agents', tokenOf('lead'))).status).toBe(403);
  });

  it('and people are told the agent’s part of a history; an agent’s key opens nothing here', async () => {
    const path = `/v1/handoffs/${handoffId}/history`;
    expect((await ask(path, tokenOf('viewer'))).body).toMatchObject({ lines: [{ event: 'accepted', who: AGENT }] });
    expect((await ask(path, tokenOf('viewer', 'acme' as TenantId))).body).toEqual({ lines: [] });
    expect((await ask(path, key)).status).toBe(401);
  });
});

describe('an agent that asks for advice', () => {
  it('hears feedback’s answer, which is asked in the agent’s name', async () => {
    expect(await ask('/v1/advice', key, { domain: 'refunds' })).toMatchObject({ status: 200, body: { ask: true } });
    const [{ method, path, headers, body } = { method: '', path: '', headers: {}, body: '' }] = feedback.got;
    expect([method, path, body]).toEqual(['POST', '/v1/advice', '{"domain":"refunds"}']);
    const token = headers.authorization?.slice('Bearer '.length) ?? '';
    expect(readServiceToken(token, SECRET, 'feedback')).toEqual({
      subject: AGENT,
      roles: ['agent'],
      tenant: 'default',
      audience: 'feedback',
    });
  });

  it('needs its key, and sends JSON', async () => {
    expect((await ask('/v1/advice', tokenOf('lead'), {})).status).toBe(401);
    const broken = await fetch(`${door.url}/v1/advice`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: '{' });
    expect(broken.status).toBe(422);
    expect(feedback.got.length).toBe(1);
  });
});
