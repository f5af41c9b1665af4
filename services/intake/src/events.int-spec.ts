import { randomBytes } from 'node:crypto';
import {
  handoffAccepted,
  handoffAssignments,
  handoffDecisions,
  handoffEscalations,
  isJsonObject,
  newId,
  type AgentId,
  type HandoffAccepted,
  type HandoffAssignment,
  type JsonObject,
  type OfferId,
  type PersonId,
} from '@handoff/contracts';
import { aDecision, bareFields, eventually, FakeReceiver, startTestService, type TestService } from '@handoff/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { makeKey } from './domain/agent-key.js';
import { giveKey } from './give-key.for-spec.js';
import { hasEventsAfter } from './store/agent-events.js';

let door: TestService;
let receiver: FakeReceiver;

beforeAll(async () => {
  const env = { DATA_KEY: randomBytes(32).toString('base64'), WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32' };
  [door, receiver] = await Promise.all([
    startTestService({ service: 'intake', load: () => import('./intake.module.js'), env, replicas: 2 }),
    FakeReceiver.start(),
  ]);
}, 60_000);
afterAll(() => Promise.all([door?.stop(), receiver?.stop()]));
beforeEach(() => {
  receiver.got.length = 0;
});

interface KeyedAgent {
  readonly id: string;
  readonly authorization: string;
}

async function anAgent(): Promise<KeyedAgent> {
  const [key, id] = [makeKey(), `agent-${newId()}`];
  await giveKey(door, id, key);
  return { id, authorization: `Bearer ${key}` };
}

async function aHandoff({ id }: KeyedAgent): Promise<HandoffAccepted> {
  const packet = bareFields({ agent: { id } });
  await door.deliverRaw(handoffEscalations, [{ value: JSON.stringify(packet) }]);
  const found = (await door.published(handoffAccepted)).find(({ task_id }) => task_id === packet['task_id']);
  if (!found) throw new Error('The handoff of this test was not accepted.');
  return found;
}

const decide = (handoff: HandoffAccepted): Promise<void> => door.deliver(handoffDecisions, [aDecision(handoff)]);

const question = ({ tenant, handoff_id, agent_id, task_id }: HandoffAccepted, sequence = 1): HandoffAssignment => ({
  ...{ event: 'question', tenant, handoff_id, agent_id, task_id, sequence, packet_version: 1 },
  ...{
    asked_by: 'ana' as PersonId,
    asked_at: new Date().toISOString(),
    text: 'Is there a photo?',
    question_id: newId(),
    decision_id: null,
  },
});

interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
}

/** Reads until it has so many events, and is gone. */
async function hears({ authorization }: KeyedAgent, count: number, after: string, replica = 0): Promise<readonly StreamEvent[]> {
  const stop = new AbortController();
  const headers = { authorization, 'last-event-id': after };
  const { body } = await fetch(`${door.urls[replica]}/v1/events`, { headers, signal: stop.signal });
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (eventsIn(text).length >= count) break;
  }
  stop.abort();
  return eventsIn(text);
}

const eventsIn = (text: string): readonly StreamEvent[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .map((block) => Object.fromEntries(block.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^\w+: ?/, '')])))
    .filter(({ event }) => event !== 'heartbeat')
    .map(({ id = '', event = '', data = '{}' }) => ({ id, type: event, data: JSON.parse(data) as JsonObject }));

describe('an agent that listens', () => {
  it('hears what there is to act on as it comes, and goes on at another replica where it was', async () => {
    const agent = await anAgent();
    const [first, second] = [await aHandoff(agent), await aHandoff(agent)];
    await door.deliver(handoffAssignments, [question(first)]);
    const listening = hears(agent, 2, '0');
    await decide(first);
    const heard = await listening;
    expect(heard.map(({ type }) => type)).toEqual(['assignment', 'decision']);
    expect(heard[0]?.data).toMatchObject({ event: 'question', text: 'Is there a photo?' });
    expect(heard[1]?.data).toMatchObject({ handoff_id: first.handoff_id, type: 'approve', action: { name: 'refund_order' } });

    await decide(second);
    const missed = await hears(agent, 1, heard.at(-1)?.id ?? '', 1);
    expect(missed).toMatchObject([{ type: 'decision', data: { handoff_id: second.handoff_id } }]);
  });

  it('hears nothing of another agent, and nothing without a key', async () => {
    const [agent, other] = [await anAgent(), await anAgent()];
    const [others, own] = [await aHandoff(other), await aHandoff(agent)];
    await decide(others);
    await decide(own);
    expect(await hears(agent, 1, '0')).toMatchObject([{ data: { handoff_id: own.handoff_id } }]);
    expect((await fetch(`${door.url}/v1/events`)).status).toBe(401);
  });
});

it('an agent hears that it has lost a task, also where the next one was told first that it may have it', async () => {
  const [agent, next] = [await anAgent(), await anAgent()];
  const { handoff_id, tenant, task_id } = await aHandoff(await anAgent());
  const asked_at = new Date().toISOString();
  const say = (event: 'offered' | 'lapsed', { id }: KeyedAgent, offer_id: OfferId): HandoffAssignment => ({
    ...{ event, tenant, handoff_id, task_id, agent_id: id as AgentId, offer_id, sequence: 1, packet_version: 1 },
    ...{ asked_by: null, asked_at, text: '', question_id: null, decision_id: null },
  });
  const [offer, another] = [newId<OfferId>(), newId<OfferId>()];
  for (const word of [
    say('offered', agent, offer),
    say('offered', next, another),
    say('lapsed', agent, offer),
    say('lapsed', agent, offer),
  ])
    await door.deliver(handoffAssignments, [word]);
  expect((await hears(agent, 2, '0')).map(({ data }) => data['event'])).toEqual(['offered', 'lapsed']);
  expect(await door.query('SELECT FROM agent_events WHERE agent_id = $1', [agent.id])).toHaveLength(2);
});

it('an agent hears after a restore of the schema what is new, under an id that was never another event’s', async () => {
  const [agent, other] = [await anAgent(), await anAgent()];
  const [others, first, second] = [await aHandoff(other), await aHandoff(agent), await aHandoff(agent)];
  await door.backUp();
  await decide(others);
  await hears(other, 1, '0');
  await decide(first);
  const [heard] = await hears(agent, 1, '0');
  await door.restore();
  await decide(second);
  const next = await hears(agent, 2, heard?.id ?? '');
  expect(next).toMatchObject([{ data: { handoff_id: first.handoff_id } }, { data: { handoff_id: second.handoff_id } }]);
  expect(next.map(({ id }) => id)).not.toContain(heard?.id);
});

/** As a database does that is stopped at that moment; a sequence counts what is rolled back, too. */
const FAIL_ONCE = `CREATE SEQUENCE kept;
  CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF nextval('kept') = 1 THEN RAISE EXCEPTION 'terminating connection' USING ERRCODE = '57P01'; END IF; RETURN new; END $$;
  CREATE TRIGGER fails_once BEFORE UPDATE ON agent_webhooks FOR EACH ROW WHEN (old.claimed_by IS NOT NULL AND new.claimed_by IS NULL)
    EXECUTE FUNCTION fail_once()`;

describe('an agent with a webhook', () => {
  const call = (agent: KeyedAgent, method: string, body: object | null = null): Promise<Response> =>
    fetch(`${door.url}/v1/agents/me/webhook`, {
      method,
      headers: { authorization: agent.authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  async function register(agent: KeyedAgent, url = receiver.url): Promise<string> {
    const answer: unknown = await (await call(agent, 'PUT', { url })).json();
    if (!isJsonObject(answer) || typeof answer['secret'] !== 'string') throw new Error(`Not registered: ${JSON.stringify(answer)}`);
    return answer['secret'];
  }

  /** By their ids, in the order in which they came: a repeat is the same. */
  const taken = (secret: string): readonly JsonObject[] => {
    const byId = new Map<string, JsonObject>();
    for (const { body, headers } of receiver.got)
      byId.set(String(headers['webhook-id']), new Webhook(secret).verify(body, headers as Record<string, string>) as JsonObject);
    return [...byId.values()];
  };

  it('is sent each event, signed, in order, also past a receiver that is in trouble', async () => {
    const agent = await anAgent();
    const before = await aHandoff(agent);
    await decide(before);
    const secret = await register(agent);
    receiver.script.push({ status: 503, headers: { 'retry-after': '1' } });
    const handoff = await aHandoff(agent);
    await door.deliver(handoffAssignments, [question(handoff)]);
    await decide(handoff);
    await eventually('the first is tried', () => receiver.got.length > 0);
    await door.advance(2);
    await eventually('both are taken', () => taken(secret).length === 2);
    expect(taken(secret)).toMatchObject([
      { type: 'handoff.assignment', data: { text: 'Is there a photo?' } },
      { type: 'handoff.decision', data: { handoff_id: handoff.handoff_id, type: 'approve' } },
    ]);
    expect(await (await call(agent, 'GET')).json()).toEqual({ url: receiver.url, state: 'on', error: null });
  });

  it('is sent the same again at once where its place could not be kept', async () => {
    const agent = await anAgent();
    const secret = await register(agent);
    await door.query(FAIL_ONCE);
    try {
      const [first, second] = [await aHandoff(agent), await aHandoff(agent)];
      await decide(first);
      await decide(second);
      const isAgain = (): boolean => taken(secret).length === 2 && receiver.got.length > 2;
      await eventually('both are taken, and something again', isAgain, 8); // sooner than its lease is over
      const kept = `SELECT FROM agent_webhooks w WHERE agent_id = $1 AND claimed_by IS NULL AND NOT ${hasEventsAfter('w')}`;
      await eventually('its place is kept', async () => (await door.query(kept, [agent.id])).length > 0);
    } finally {
      await door.query('DROP TRIGGER fails_once ON agent_webhooks; DROP FUNCTION fail_once; DROP SEQUENCE kept');
    }
  });

  it('is sent to no private address, and is told why', async () => {
    const agent = await anAgent();
    await register(agent, 'http://127.0.0.2:9/');
    await decide(await aHandoff(agent));
    const view = await eventually('it is turned off', async () => {
      const told: unknown = await (await call(agent, 'GET')).json();
      return isJsonObject(told) && told['state'] === 'off' && told;
    });
    expect(view).toMatchObject({ error: expect.stringContaining('WEBHOOK_ALLOWED_NETWORKS') });
  });

  it('is sent nothing once its receiver wants no more, and all that it missed once it registers again', async () => {
    const agent = await anAgent();
    await register(agent);
    receiver.script.push({ status: 410 });
    const [first, second] = [await aHandoff(agent), await aHandoff(agent)];
    await decide(first);
    await eventually('it is turned off', async () => ((await (await call(agent, 'GET')).json()) as JsonObject)['state'] === 'off');
    await decide(second);
    const secret = await register(agent);
    await eventually('both are taken', () => receiver.got.length >= 3);
    const [, ...later] = receiver.got;
    const ids = later.map(({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>) as JsonObject);
    expect(ids).toMatchObject([{ data: { handoff_id: first.handoff_id } }, { data: { handoff_id: second.handoff_id } }]);
  });

  it('whose secret nobody can read any more is told so, and holds up no other', async () => {
    const [agent, other] = [await anAgent(), await anAgent()];
    await register(agent);
    const secret = await register(other);
    await door.query(`UPDATE agent_webhooks SET secret = set_byte(secret, 0, (get_byte(secret, 0) + 1) % 256) WHERE agent_id = $1`, [
      agent.id,
    ]);
    await decide(await aHandoff(agent));
    await decide(await aHandoff(other));
    await eventually('the other is told', () => taken(secret).length === 1);
    await eventually('the one is told why it is not', async () => {
      const view: unknown = await (await call(agent, 'GET')).json();
      return isJsonObject(view) && view['state'] === 'off' && String(view['error']).includes('Register it again');
    });
  });

  it.each(['not a url', 'ftp://example.com', 7])('cannot be told at %j', async (url) => {
    expect((await call(await anAgent(), 'PUT', { url })).status).toBe(422);
  });
});
