import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  deadLetterTopic,
  handoffAccepted,
  handoffDecisions,
  handoffEscalations,
  handoffFeedback,
  handoffMoves,
  handoffNotified,
  handoffRejected,
  handoffReplies,
  handoffRouted,
  hours,
  newId,
  type AgentId,
  type DecisionId,
  type HandoffAccepted,
  type HandoffFeedback,
  type HandoffId,
  type HandoffMove,
  type HandoffNotified,
  type HandoffRejected,
  type JsonObject,
  type PersonId,
} from '@handoff/contracts';
import {
  aDecision,
  anAcceptedHandoff,
  aRouting,
  bareFields,
  eventually,
  startTestService,
  type RawRecord,
  type TestService,
} from '@handoff/testing';
import { hashKey, makeKey } from './domain/agent-key.js';
import { giveKey } from './give-key.for-spec.js';

const AGENT = 'refunds-agent';
let door: TestService;
let key: string;

beforeAll(async () => {
  const env = { DATA_KEY: randomBytes(32).toString('base64') };
  door = await startTestService({ service: 'intake', load: () => import('./intake.module.js'), env });
  key = await addKey(AGENT);
}, 60_000);

afterAll(async () => {
  await door?.stop();
});

async function addKey(agentId: string): Promise<string> {
  const made = await giveKey(door, agentId);
  return made;
}

const record = (value: JsonObject, headers?: RawRecord['headers']): RawRecord => ({
  key: String(value['task_id']),
  value: JSON.stringify(value),
  ...(headers ? { headers } : {}),
});

async function escalate(...records: readonly RawRecord[]): Promise<void> {
  await door.deliverRaw(handoffEscalations, records);
}

async function acceptedOf(taskId: unknown): Promise<readonly HandoffAccepted[]> {
  return (await door.published(handoffAccepted)).filter((it) => it.task_id === taskId).sort((a, b) => a.sequence - b.sequence);
}

async function rejectedOf(taskId: unknown): Promise<readonly HandoffRejected[]> {
  return (await door.published(handoffRejected)).filter((it) => it.task_id === taskId);
}

/** One accepted handoff of the agent whose key the tests hold. */
async function anOpenHandoff(over: Readonly<Record<string, unknown>> = {}): Promise<HandoffAccepted> {
  const packet = bareFields({ agent: { id: AGENT }, ...over });
  await escalate(record(packet));
  const [event] = await acceptedOf(packet['task_id']);
  if (!event) throw new Error('The handoff of this test was not accepted.');
  return event;
}

interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(path: string, init: RequestInit & { readonly as?: string } = {}): Promise<Answered> {
  const { as = key, headers, ...rest } = init;
  const sent = { authorization: `Bearer ${as}`, ...(rest.body === undefined ? {} : { 'content-type': 'application/json' }) };
  const response = await fetch(`${door.url}${path}`, { ...rest, headers: { ...sent, ...(headers as Record<string, string>) } });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text,
    body: isJson ? (JSON.parse(text) as Answered['body']) : {},
  };
}

const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
  ask(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });

const codes = (rejected: HandoffRejected | undefined): readonly string[] => (rejected?.errors ?? []).map((it) => `${it.path}:${it.code}`);

function deskShows(handoff: HandoffAccepted, packetVersion: number, sequence = 1): HandoffNotified {
  const { tenant, handoff_id, accepted_at: at } = handoff;
  const copy = { channel: 'desk', recipient: null, level: 1, cycle: 1, attempts: 1, error: null, at } as const;
  return { event: 'delivered', tenant, handoff_id, sequence, packet_version: packetVersion, ...copy };
}

function aMove(handoff: HandoffAccepted, event: HandoffMove['event'], sequence: number): HandoffMove {
  const { tenant, handoff_id, packet_version, accepted_at: moved_at } = handoff;
  return {
    event,
    tenant,
    handoff_id,
    sequence,
    packet_version,
    moved_by: 'ana' as PersonId,
    channel: 'desk',
    level: 1,
    cycle: 1,
    moved_at,
  };
}

function aFeedback(handoff: HandoffAccepted, decisionId: DecisionId, revision: number): HandoffFeedback {
  const { tenant, handoff_id, packet_version, agent_id, task_id, accepted_at: at } = handoff;
  const escalation = { verdict: 'necessary', source: 'rule', weight: 1 } as const;
  const recommendation = { verdict: 'followed', correct: null, source: 'rule', edit_distance: null } as const;
  const about = { tenant, handoff_id, packet_version, agent_id, task_id, decision_id: decisionId };
  return { ...about, sequence: revision, revision, escalation, recommendation, note: 'Asking was right.', at };
}

describe('an escalation on Kafka', () => {
  it('is accepted as the bare eight fields without any header', async () => {
    const packet = bareFields();
    await escalate(record(packet));
    const [event] = await acceptedOf(packet['task_id']);
    expect(event).toMatchObject({
      event: 'accepted',
      tenant: 'default',
      agent_id: 'unknown',
      kind: 'escalation',
      sequence: 1,
      packet_version: 1,
    });
    expect(event?.packet.steps_completed[0]).toMatchObject({ id: '1', action: 'looked up order 4711', status: 'done' });
  });

  it('is accepted as a structured CloudEvent, and its source stands for the agent', async () => {
    const data = bareFields();
    const event = { specversion: '1.0', id: newId(), source: 'acme/claims', type: 'agent.asks', data };
    await escalate({ key: String(data['task_id']), value: JSON.stringify(event) });
    expect(await acceptedOf(data['task_id'])).toMatchObject([{ agent_id: 'acme/claims' }]);
  });

  it('carries the agent’s own ids into the event', async () => {
    const packet = bareFields();
    const id = newId();
    await escalate(record(packet, { ce_id: id, ce_source: AGENT, correlationid: 'case-7' }));
    const [event] = await acceptedOf(packet['task_id']);
    const sent = (await door.publishedRecords('handoff.accepted')).find((it) => it.headers['ce_subject'] === event?.handoff_id);
    expect(sent?.headers).toMatchObject({ causationid: id, correlationid: 'case-7' });
  });

  it('is refused with everything that is wrong with it, and its neighbours go through', async () => {
    const [before, after] = [bareFields(), bareFields()];
    const bad = bareFields({ urgency: 'now', original_request: '', steps_completed: 'none' });
    await escalate(record(before), record(bad), { key: 'x', value: '{"task_id": ' }, { key: 'x', value: null }, record(after));
    expect(await acceptedOf(before['task_id'])).toHaveLength(1);
    expect(await acceptedOf(after['task_id'])).toHaveLength(1);
    const [rejected] = await rejectedOf(bad['task_id']);
    expect(codes(rejected).toSorted()).toEqual(['original_request:empty', 'steps_completed:wrong_type', 'urgency:not_allowed_value']);
    expect(rejected?.record).toMatchObject({ topic: 'handoff.escalations', offset: expect.stringMatching(/^\d+$/) });
    const unreadable = await rejectedOf(null);
    expect(unreadable.flatMap(codes).toSorted()).toEqual([':no_value', ':unreadable']);
    const dead = await door.publishedRecords(deadLetterTopic('handoff.escalations'));
    expect(dead.map((it) => it.headers['kafka_dlt-exception-fqcn']).toSorted()).toEqual(['no_value', 'unreadable']);
  });

  it('is refused for its headers, beside its packet’s own faults', async () => {
    const packet = bareFields({ urgency: 'now' });
    await escalate(record(packet, { ce_id: ['a', 'b'], ce_source: Buffer.from([0xff]) }));
    const [rejected] = await rejectedOf(packet['task_id']);
    expect(codes(rejected).toSorted()).toEqual([
      'headers.ce_id:duplicate_header',
      'headers.ce_source:unreadable',
      'urgency:not_allowed_value',
    ]);
  });

  it('is refused and dead-lettered whatever bytes are in its key, its headers and its value', async () => {
    const dead = async () => (await door.publishedRecords(deadLetterTopic('handoff.escalations'))).length;
    const before = await dead();
    const packet = bareFields();
    await escalate(
      { key: 'a\u0000b', value: Buffer.from([0xff, 0x00]) },
      { key: 'c', value: '{"task_id": "\\ud800"}', headers: { own: 'x\u0000y', correlationid: 'x\u0000y' } },
      record(packet),
    );
    expect(await dead()).toBe(before + 2);
    expect(await acceptedOf(packet['task_id'])).toHaveLength(1);
    expect(await door.query('SELECT 1 FROM dead_letters WHERE NOT refused')).toEqual([]); // refused by name, not given up on
  });

  it('keeps what was sent encrypted, a refused record as well', async () => {
    const packet = bareFields({ original_request: 'the secret request' });
    await escalate(record(packet), record(bareFields({ original_request: 'the secret request', urgency: 'now' })));
    const kept = await door.query<{ sent: Buffer }>(
      'SELECT sent FROM packets UNION ALL SELECT sent FROM rejections WHERE sent IS NOT NULL',
    );
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.some(({ sent }) => sent.includes('the secret request'))).toBe(false);
  });
});

describe('the same again', () => {
  it('is known by its idempotency key, whatever else is around it, and another agent’s key is its own', async () => {
    const packet = bareFields({ idempotency_key: newId(), agent: { id: AGENT } });
    const others = { ...packet, agent: { id: 'another-agent' } };
    await escalate(record(packet, { ce_id: '1', ce_source: 'a' }), record(packet, { ce_id: '2', ce_source: 'a' }), record(others));
    await escalate(record(packet));
    expect((await acceptedOf(packet['task_id'])).map((it) => it.agent_id).toSorted()).toEqual(['another-agent', AGENT]);
  });

  it('is known by the event’s id and source where there is no key', async () => {
    const packet = bareFields();
    const headers = { ce_id: newId(), ce_source: AGENT };
    await escalate(record(packet, headers));
    await escalate(record(packet, headers), record(packet, { ...headers, ce_id: newId() }));
    expect(await acceptedOf(packet['task_id'])).toHaveLength(2);
  });

  it('is known by its content for a day where there is neither', async () => {
    const packet = bareFields();
    const reordered = Object.fromEntries(Object.entries(packet).toReversed());
    await escalate(record(packet), record(reordered));
    await escalate(record(packet), record({ ...packet, urgency: 'low' }));
    expect(await acceptedOf(packet['task_id'])).toHaveLength(2);
    await door.advance(hours(24) + 1);
    await escalate(record(packet));
    expect(await acceptedOf(packet['task_id'])).toHaveLength(3);
  });

  it('is refused where a key comes with another packet, in one batch or later', async () => {
    const packet = bareFields({ idempotency_key: newId() });
    const other = { ...packet, urgency: 'high' };
    await escalate(record(packet), record(other));
    await escalate(record(other));
    expect(await acceptedOf(packet['task_id'])).toHaveLength(1);
    expect((await rejectedOf(packet['task_id'])).flatMap(codes)).toEqual([
      'idempotency_key:idempotency_conflict',
      'idempotency_key:idempotency_conflict',
    ]);
  });
});

describe('the answer', () => {
  it('is the same in whatever order the events arrive, an end before its beginning included', async () => {
    const handoff = await anOpenHandoff();
    const decision = aDecision(handoff, { sequence: 4 });
    await door.deliver(handoffFeedback, [aFeedback(handoff, decision.decision_id, 1)]);
    await door.deliver(handoffDecisions, [decision]);
    await door.deliver(handoffMoves, [aMove(handoff, 'acknowledge', 3)]);
    await door.deliver(handoffRouted, [aRouting(handoff)]);
    const { body } = await ask(`/v1/handoffs/${handoff.handoff_id}`);
    expect(body).toMatchObject({ status: 'decided', decision: { decision_id: decision.decision_id }, feedback: { revision: 1 } });
  });

  it('climbs from accepted to acknowledged, and begins again at the next level', async () => {
    const handoff = await anOpenHandoff();
    const status = async () => (await ask(`/v1/handoffs/${handoff.handoff_id}`)).body['status'];
    expect(await status()).toBe('accepted');
    await door.deliver(handoffRouted, [aRouting(handoff)]);
    expect(await status()).toBe('routed');
    await door.deliver(handoffNotified, [deskShows(handoff, 1)]);
    expect(await status()).toBe('notified');
    await door.deliver(handoffMoves, [aMove(handoff, 'acknowledge', 3)]);
    await door.deliver(handoffMoves, [aMove(handoff, 'release', 2)]);
    expect(await status()).toBe('acknowledged');
    await door.deliver(handoffRouted, [aRouting(handoff, { sequence: 2, level: { number: 2, name: 'leads', of: 2 } })]);
    expect(await status()).toBe('routed');
  });

  it('keeps a decision of a handoff that is not there yet, and the acceptance completes it', async () => {
    const stranger = anAcceptedHandoff({ handoff_id: newId<HandoffId>(), agent_id: AGENT as AgentId });
    const decision = aDecision(stranger);
    await door.deliver(handoffDecisions, [decision]);
    const { body } = await ask(`/v1/handoffs/${stranger.handoff_id}`);
    expect(body).toMatchObject({ status: 'decided', accepted_at: null, decision: { decision_id: decision.decision_id } });
  });
});

describe('a request', () => {
  const stateOf = async (handoff: HandoffAccepted, requestId: unknown) =>
    (await ask(`/v1/handoffs/${handoff.handoff_id}/requests/${String(requestId)}`)).body;
  const addContext = (handoff: HandoffAccepted) =>
    post(`/v1/handoffs/${handoff.handoff_id}/context`, { context: { urgency: 'high', current_state: 'The customer called again.' } });

  it('makes a new packet version that is applied once the desk shows it', async () => {
    const handoff = await anOpenHandoff();
    const { status, body } = await addContext(handoff);
    expect([status, body]).toMatchObject([202, { state: 'pending', packet_version: 2 }]);
    const updated = (await acceptedOf(handoff.task_id)).at(-1);
    expect(updated).toMatchObject({ event: 'updated', packet_version: 2, sequence: 2, accepted_at: handoff.accepted_at });
    expect(updated?.packet).toMatchObject({
      urgency: 'high',
      current_state: { text: 'The customer called again.' },
      task_id: handoff.task_id,
    });
    await door.deliver(handoffNotified, [deskShows(handoff, 1)]);
    expect(await stateOf(handoff, body['request_id'])).toMatchObject({ state: 'pending' });
    await door.deliver(handoffNotified, [deskShows(handoff, 2, 2)]);
    expect(await stateOf(handoff, body['request_id'])).toMatchObject({ state: 'applied', decision_id: null });
  });

  it('is too late where the decision was about an earlier version, and applied where it was about this one', async () => {
    const [first, second] = [await anOpenHandoff(), await anOpenHandoff()];
    const [late, inTime] = [await addContext(first), await addContext(second)];
    const decision = aDecision(first);
    await door.deliver(handoffDecisions, [decision, aDecision(second, { packet_version: 2 })]);
    expect(await stateOf(first, late.body['request_id'])).toMatchObject({ state: 'too_late', decision_id: decision.decision_id });
    expect(await stateOf(second, inTime.body['request_id'])).toMatchObject({ state: 'applied' });
    expect(await addContext(first)).toMatchObject({ status: 409, body: { code: 'already_ended' } });
  });

  it('withdraws, once however often it is asked, and a person who was first keeps the word', async () => {
    const [first, second] = [await anOpenHandoff(), await anOpenHandoff()];
    const withdraw = (handoff: HandoffAccepted) => post(`/v1/handoffs/${handoff.handoff_id}/withdraw`, { reason: 'solved meanwhile' });
    const [asked, again, tooLate] = [await withdraw(first), await withdraw(first), await withdraw(second)];
    expect(again.body['request_id']).toBe(asked.body['request_id']);
    expect((await acceptedOf(first.task_id)).at(-1)).toMatchObject({
      event: 'withdrawal_asked',
      sequence: 2,
      withdrawal: { reason: 'solved meanwhile' },
    });
    await door.deliver(handoffDecisions, [aDecision(first, { type: 'withdrawn', decided_by: [] }), aDecision(second)]);
    expect(await stateOf(first, asked.body['request_id'])).toMatchObject({ state: 'applied' });
    expect(await stateOf(second, tooLate.body['request_id'])).toMatchObject({ state: 'too_late' });
    expect((await ask(`/v1/handoffs/${first.handoff_id}`)).body).toMatchObject({ status: 'ended', requests: [{ state: 'applied' }] });
  });

  it('comes through Kafka as well, by handoff or by task, several of one handoff in one batch', async () => {
    const handoff = await anOpenHandoff();
    const task_id = handoff.task_id;
    await door.deliverRaw(handoffReplies, [
      record({ reply: 'add_context', task_id, context: { urgency: 'high' } }),
      record({ reply: 'add_context', task_id, handoff_id: handoff.handoff_id, context: { current_state: 'Worse.' } }),
      record({ reply: 'withdraw', task_id, reason: 'done' }),
    ]);
    const events = await acceptedOf(task_id);
    expect(events.map((it) => [it.event, it.packet_version, it.sequence])).toEqual([
      ['accepted', 1, 1],
      ['updated', 2, 2],
      ['updated', 3, 3],
      ['withdrawal_asked', 3, 4],
    ]);
    expect(events.at(-1)?.packet).toMatchObject({ urgency: 'high', current_state: { text: 'Worse.' } });
  });

  it('waits for the handoff that it names where it comes first', async () => {
    const task_id = `task-${newId()}`;
    await door.deliverRaw(handoffReplies, [record({ reply: 'withdraw', task_id, reason: 'never mind' })]);
    await escalate(record(bareFields({ task_id })));
    await eventually('the withdrawal is asked for', async () => (await acceptedOf(task_id)).length === 2);
    expect(await acceptedOf(task_id)).toMatchObject([
      { event: 'accepted' },
      { event: 'withdrawal_asked', withdrawal: { reason: 'never mind' } },
    ]);
    expect(await rejectedOf(task_id)).toEqual([]);
  });

  it('is refused where it names nothing, too much, what has ended, or breaks the packet', async () => {
    const handoff = await anOpenHandoff();
    const twin = await anOpenHandoff({ task_id: handoff.task_id, urgency: 'low' });
    const ended = await anOpenHandoff();
    await door.deliver(handoffDecisions, [aDecision(ended)]);
    await door.deliverRaw(handoffReplies, [
      record({ reply: 'withdraw', task_id: 'no-such-task' }),
      record({ reply: 'withdraw', task_id: twin.task_id }),
      record({ reply: 'withdraw', task_id: ended.task_id, handoff_id: ended.handoff_id }),
      record({ reply: 'add_context', task_id: 'breaks', handoff_id: handoff.handoff_id, context: { urgency: 'now', task_id: 'other' } }),
      record({ reply: 'agree', task_id: 'unknown-word' }),
    ]);
    await door.advance(61);
    await eventually('the held reply is refused', async () => (await rejectedOf('no-such-task')).length > 0);
    const faults = async (taskId: string) => (await rejectedOf(taskId)).flatMap(codes);
    expect(await faults('no-such-task')).toEqual(['task_id:unknown_handoff']);
    expect(await faults(twin.task_id)).toEqual(['task_id:ambiguous_task']);
    expect(await faults(ended.task_id)).toEqual(['handoff_id:already_ended']);
    expect(await faults('breaks')).toEqual(['context.task_id:not_allowed_value', 'context.urgency:not_allowed_value']);
    expect(await faults('unknown-word')).toEqual(['reply:not_allowed_value']);
  });
});

describe('POST /v1/handoffs', () => {
  it('creates with 201, answers a repeat with 200 and the same handoff, and refuses the key for another packet', async () => {
    const packet = bareFields();
    const headers = { 'idempotency-key': newId() };
    const created = await post('/v1/handoffs', packet, headers);
    expect(created).toMatchObject({ status: 201, body: { status: 'accepted', sequence: 1, completeness: { score: expect.any(Number) } } });
    const repeated = await post('/v1/handoffs', packet, headers);
    expect(repeated).toMatchObject({ status: 200, body: created.body });
    const conflict = await post('/v1/handoffs', { ...packet, urgency: 'high' }, headers);
    expect(conflict).toMatchObject({ status: 422, body: { errors: [{ code: 'idempotency_conflict' }] } });
    expect(await acceptedOf(packet['task_id'])).toMatchObject([{ agent_id: AGENT, handoff_id: created.body['handoff_id'] }]);
  });

  it('makes one handoff of ten requests at once with one key', async () => {
    const packet = bareFields();
    const headers = { 'idempotency-key': newId() };
    const answered = await Promise.all(Array.from({ length: 10 }, () => post('/v1/handoffs', packet, headers)));
    expect(answered.map((it) => it.status).toSorted()).toEqual([...Array.from({ length: 9 }, () => 200), 201]);
    expect(new Set(answered.map(({ body }) => body['handoff_id'])).size).toBe(1);
    expect(await acceptedOf(packet['task_id'])).toHaveLength(1);
  });

  it('refuses a bad packet with the same faults as Kafka does, as problem+json', async () => {
    const bad = bareFields({ urgency: 'now', original_request: '' });
    const answered = await post('/v1/handoffs', bad);
    expect(answered).toMatchObject({ status: 422, type: expect.stringContaining('application/problem+json'), body: { code: 'invalid' } });
    await escalate(record(bad));
    expect(answered.body['errors']).toEqual((await rejectedOf(bad['task_id']))[0]?.errors);
    expect(await post('/v1/handoffs', '{"task_id": "a", "task_id": "b"}')).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'duplicate_key' }] },
    });
    expect(await post('/v1/handoffs', bareFields({ agent: { id: 'another-agent' } }))).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'agent.id' }] },
    });
  });

  it('reads JSON under whatever content type a client happens to send', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/octet-stream', 'application/json; charset=utf-8'])
      expect(await post('/v1/handoffs', bareFields(), { 'content-type': type })).toMatchObject({ status: 201 });
  });

  it('says that a body is too large, under whatever content type', async () => {
    const body = `${JSON.stringify(bareFields())}${' '.repeat(300 * 1024)}`;
    for (const type of ['application/json', 'application/octet-stream'])
      expect(await post('/v1/handoffs', body, { 'content-type': type })).toMatchObject({ body: { errors: [{ code: 'too_large' }] } });
  });

  it('wants a valid key, and shows an agent its own handoffs alone', async () => {
    const handoff = await anOpenHandoff();
    const other = await addKey('another-agent');
    for (const as of ['', 'nonsense', makeKey()])
      expect(await ask('/v1/handoffs', { as })).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    const path = `/v1/handoffs/${handoff.handoff_id}`;
    expect((await ask(path, { headers: { authorization: '', cookie: 'session=ana' } })).status).toBe(401);
    for (const it of [path, `${path}/packet`, '/v1/handoffs/not-a-uuid']) expect((await ask(it, { as: other })).status).toBe(404);
    expect((await ask(`${path}/withdraw`, { as: other, method: 'POST', body: '{}' })).status).toBe(404);
    await door.query('UPDATE agent_keys SET revoked_at = handoff_now() WHERE key_hash = $1', [hashKey(other)]);
    expect((await ask(path, { as: other })).status).toBe(401);
  });
});

describe('GET /v1/handoffs', () => {
  it('lists what an agent that restarted has open, page by page', async () => {
    const agent = `agent-${newId()}`;
    const as = await addKey(agent);
    const mine: HandoffAccepted[] = [];
    for (let i = 0; i < 3; i++) mine.push(await anOpenHandoff({ agent: { id: agent } }));
    const [ended, ...open] = mine.map((it) => it.handoff_id);
    await door.deliver(
      handoffDecisions,
      mine.slice(0, 1).map((it) => aDecision(it)),
    );
    const list = async (query: string) => {
      const { body } = await ask(`/v1/handoffs?${query}`, { as });
      return { ids: (body['handoffs'] as { handoff_id: HandoffId }[]).map((it) => it.handoff_id), next: body['next_cursor'] };
    };
    expect((await list('status=open')).ids).toEqual(open.toReversed());
    expect((await list(`status=ended&agent_id=${agent}`)).ids).toEqual([ended]);
    expect((await list('agent_id=another-agent')).ids).toEqual([]);
    expect((await list(`task_id=${mine[1]?.task_id}`)).ids).toEqual([mine[1]?.handoff_id]);
    const first = await list('limit=2');
    expect([...first.ids, ...(await list(`limit=2&cursor=${String(first.next)}`)).ids]).toEqual([...open.toReversed(), ended]);
  });

  it('gives back what was sent, byte for byte, by both doors and for every version', async () => {
    const sent = ` ${JSON.stringify(bareFields({ agent: AGENT, own_field: 'ünïcode', metadata: { constructor: 1, n: 1.5e3 } }), null, 2)}\n`;
    const { body } = await post('/v1/handoffs', sent);
    const path = `/v1/handoffs/${String(body['handoff_id'])}`;
    expect((await ask(`${path}/packet`)).text).toBe(sent);
    await post(`${path}/context`, { context: { urgency: 'high' } });
    expect((await ask(`${path}/packet?version=1`)).text).toBe(sent);
    expect((await ask(`${path}/packet`)).body).toEqual({ ...(JSON.parse(sent) as JsonObject), urgency: 'high' });
    expect((await ask(`${path}/packet?version=3`)).status).toBe(404);
  });

  it('holds a long-poll until there is something to act on, and not for less', async () => {
    const handoff = await anOpenHandoff();
    const path = `/v1/handoffs/${handoff.handoff_id}`;
    const polled = ask(`${path}?wait=20&after=1`);
    await door.deliver(handoffRouted, [aRouting(handoff)]);
    const decision = aDecision(handoff);
    await door.deliver(handoffDecisions, [decision]);
    const { body } = await polled;
    expect(body).toMatchObject({ status: 'decided', decision: { decision_id: decision.decision_id } });
    const before = performance.now();
    expect((await ask(`${path}?wait=1&after=${String(body['sequence'])}`)).body).toMatchObject({ sequence: body['sequence'] });
    expect(performance.now() - before).toBeGreaterThan(900);
    expect((await ask(`${path}?wait=20&after=99`)).body).toMatchObject({ sequence: body['sequence'] });
    const feedback = ask(`${path}?wait=20&after=${String(body['sequence'])}`);
    await door.deliver(handoffFeedback, [aFeedback(handoff, decision.decision_id, 1)]);
    expect((await feedback).body).toMatchObject({ feedback: { escalation: { verdict: 'necessary' } } });
    expect((await ask(`${path}/feedback`)).body).toMatchObject({ revision: 1, escalation: { verdict: 'necessary' } });
    expect(await ask(`${path}/feedback?after=1`)).toMatchObject({ status: 404, body: { code: 'no_feedback' } });
  });
});

it('counts what was accepted and never routed', async () => {
  const routed = await anOpenHandoff();
  await door.deliver(handoffRouted, [aRouting(routed)]);
  await door.advance(91);
  await anOpenHandoff(); // not for long enough
  await door.restart(); // it counts as it starts
  const text = await (await fetch(`${door.url}/metrics`)).text();
  const [late] = await door.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM handoffs WHERE status IN ('accepted', 'notified') AND routed_at IS NULL AND accepted_at < handoff_now() - interval '90 s'`,
  );
  expect(late?.n).toBeGreaterThan(0);
  expect(/^handoff_audit_findings\{[^}]*finding="unrouted"[^}]*\} (\d+)$/m.exec(text)?.[1]).toBe(String(late?.n));
});

it('takes a bare packet again once it was rejected as it was sent, and not while it is open or after any other answer', async () => {
  const packet = bareFields({ agent: { id: AGENT } });
  const ended = async (handoff: HandoffAccepted, type: 'reject' | 'approve') =>
    door.deliver(handoffDecisions, [aDecision(handoff, { type, decision_id: newId<DecisionId>() })]);
  const first = await anOpenHandoff(packet);
  await escalate(record(packet));
  expect(await acceptedOf(packet['task_id'])).toHaveLength(1);
  await ended(first, 'reject');
  await escalate(record(packet), record(packet));
  const accepted = await acceptedOf(packet['task_id']);
  expect(accepted).toHaveLength(2);
  for (const handoff of accepted) if (handoff.handoff_id !== first.handoff_id) await ended(handoff, 'approve');
  await escalate(record(packet));
  expect(await acceptedOf(packet['task_id'])).toHaveLength(2);
});

it('knows after a restore what was accepted and asked since the backup: at the same instant, once, and by what it is known again', async () => {
  await door.backUp();
  const sent = record(bareFields({ agent: { id: AGENT } }), { ce_id: newId(), ce_source: AGENT, ce_specversion: '1.0', ce_type: 'any' });
  const posted = bareFields();
  await escalate(sent);
  const byHttp = await post('/v1/handoffs', posted, { 'idempotency-key': 'before-the-restore' });
  const path = `/v1/handoffs/${String(byHttp.body['handoff_id'])}`;
  await post(`${path}/context`, { context: { urgency: 'high' } });
  const [byKafka] = await acceptedOf(sent.key);
  await door.deliverRaw(handoffReplies, [
    { value: JSON.stringify({ reply: 'withdraw', handoff_id: byKafka?.handoff_id, agent_id: AGENT, reason: 'Found it.' }) },
  ]);
  const [one, other] = [await acceptedOf(sent.key), await acceptedOf(posted['task_id'])];
  expect([one, other].map((events) => events.map(({ event }) => event))).toEqual([
    ['accepted', 'withdrawal_asked'],
    ['accepted', 'updated'],
  ]);

  await door.restore();
  await escalate(sent);
  const { handoff_id, accepted_at } = byHttp.body;
  expect(await post('/v1/handoffs', posted, { 'idempotency-key': 'before-the-restore' })).toMatchObject({
    status: 200,
    body: { handoff_id, accepted_at },
  });
  expect([await acceptedOf(sent.key), await acceptedOf(posted['task_id'])]).toEqual([one, other]);
  expect(await rejectedOf(sent.key)).toEqual([]);
  expect((await ask(`/v1/handoffs/${byKafka?.handoff_id}/packet`)).text).toBe(sent.value);
  expect((await ask(`${path}/packet`)).body).toMatchObject({ urgency: 'high', task_id: posted['task_id'] });

  expect(await post(`${path}/context`, { context: { urgency: 'low' } })).toMatchObject({ status: 202, body: { packet_version: 3 } });
  const sequences = (await acceptedOf(posted['task_id'])).map(({ sequence }) => sequence);
  expect(sequences).toEqual([...new Set(sequences)]);
});
