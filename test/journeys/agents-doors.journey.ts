import { randomBytes } from 'node:crypto';
import { connect, outcomeOf, type Assignment, type HandoffClient } from '@handoff/agent';
import { connectOverKafka, type KafkaOptions } from '@handoff/agent/kafka';
import {
  handoffAccepted,
  handoffFeedback,
  handoffMoves,
  isJsonObject,
  type HandoffAccepted,
  type HandoffFeedback,
  type JsonObject,
} from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { JourneySystem } from './support/journey-system.js';
import { anMcpServer, throughHttp, throughStdio, Tools } from './support/mcp-tools.js';
import type { Person } from './support/person.js';

let system: JourneySystem;
let ana: Person;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  ana = await system.person('ana');
});
afterAll(() => system?.stop());

const overHttp = async (agentId: string): Promise<HandoffClient> => connect(await system.doorFor(agentId));
const overKafka = (agentId: string, options: Partial<KafkaOptions> = {}): Promise<HandoffClient> =>
  connectOverKafka({
    kafka: new Kafka({ brokers: system.brokers.split(','), logLevel: logLevel.NOTHING }),
    agentId,
    topicPrefix: system.named({ topic: '' }),
    ...options,
  });

const REFUND = { order: '881', amount: 89, api_key: 'sk-live-4eC39HqLyjWDarjtT1zdp7dc' };
const packetOf = (taskId: string) => ({
  task_id: taskId,
  original_request: 'Refund order 881, the jug arrived broken',
  steps_completed: ['looked up order 881: 89.00 EUR, paid by card'],
  current_state: 'nothing is paid back yet',
  reason_for_escalation: 'refunds above 50 EUR need a person',
  urgency: 'high' as const,
});

describe.each([
  ['HTTP', overHttp],
  ['Kafka', overKafka],
] as const)('an agent with our client, over %s', (name, connected) => {
  const agentId = `refunds-${name.toLowerCase()}`;
  const clients: HandoffClient[] = [];
  const start = async (): Promise<HandoffClient> => {
    const client = await connected(agentId);
    clients.push(client);
    return client;
  };
  afterAll(() => Promise.all(clients.map((client) => client.close())));

  it('finds after a restart what it still waits for, answers what it is asked, and carries out what was approved', async () => {
    const packet = { ...packetOf(`${agentId}-1`), recommended_action: { kind: 'tool_call', name: 'refund', args: REFUND } };
    const { id } = await (await start()).escalate(packet); // and is gone

    const again = await start();
    expect((await again.pending()).map((handoff) => handoff.id)).toEqual([id]);
    const asked = await again.escalate(packet);
    expect(asked.id).toBe(id);
    const answer = asked.answer({ onQuestion: ({ question }) => `About "${question}": yes.` });
    await ana.opens(id);
    await ana.moves(id, { move: 'request_info', note: 'Is there a photo?' });
    await system.event('the answer', handoffMoves, (it) => it.handoff_id === id && it.note === 'About "Is there a photo?": yes.');
    await ana.answers(id, { type: 'approve' });

    expect(await answer).toMatchObject({ kind: 'approved', isEdited: false, action: { name: 'refund', args: REFUND } });
    expect(await asked.feedback()).toMatchObject({ recommendation: { verdict: 'followed' } });
    expect(await again.pending()).toEqual([]);

    await again.reportOutcome(outcomeOf(await answer, 'succeeded'));
    const isCorrect = (it: HandoffFeedback) => it.handoff_id === id && it.recommendation.correct === true;
    await system.event('the outcome counts', handoffFeedback, isCorrect);
  });

  it('is told everything that is wrong with a packet', async () => {
    const wrong = { ...packetOf(`${agentId}-2`), urgency: 'at once' as 'high', original_request: '' };
    await expect((await start()).escalate(wrong)).rejects.toMatchObject({
      code: 'REFUSED',
      faults: expect.arrayContaining([
        expect.objectContaining({ path: 'urgency', code: 'not_allowed_value' }),
        expect.objectContaining({ path: 'original_request', code: 'empty' }),
      ]),
    });
  });

  it('calls a function with what a person made of its arguments, and not at all where they said no', async () => {
    const paid: JsonObject[] = [];
    const client = await start();
    const refund = client.requireApproval(
      (args: JsonObject) => {
        paid.push(args);
        return 'paid';
      },
      { name: 'refund', packet: () => packetOf(`${agentId}-3`) },
    );
    const small = refund({ order: '882', amount: 70 }, { callId: 'call-1' });
    await ana.answers(await waitingFor(agentId, '882'), { type: 'edit', args: { order: '882', amount: 60 } });
    expect(await small).toMatchObject({ kind: 'done', value: 'paid', answer: { isEdited: true } });

    const large = refund({ order: '883', amount: 7000 }, { callId: 'call-2' });
    await ana.answers(await waitingFor(agentId, '883'), { type: 'reject', message: 'Not this much.' });
    expect(await large).toMatchObject({ kind: 'rejected', message: 'Not this much.' });
    expect(paid).toEqual([{ order: '882', amount: 60 }]);
  });

  it('stops waiting when it is told to, and what it asked stays asked until it takes it back', async () => {
    const asked = await (await start()).escalate(packetOf(`${agentId}-4`));
    const stop = new AbortController();
    const answer = asked.answer({ signal: stop.signal });
    stop.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    await asked.withdraw('the customer found the jug');
    expect(await asked.answer()).toMatchObject({ kind: 'ended', how: 'withdrawn' });
  });

  it('takes a task that a person gives it, is warned of what it has spent, and delivers it', async () => {
    const client = await start();
    const stop = new AbortController();
    const heard: string[] = [];
    const working = client.onAssignment(
      async (task) => {
        heard.push(task.event);
        if (task.event === 'offered') await task.accept();
        if (task.event === 'confirmed') {
          expect(JSON.stringify(await task.packet())).toContain('We need 10,000 cups by May.');
          await task.progress({ text: 'Two suppliers have cups.', spent: { value: 9, unit: 'EUR' } });
        }
        if (task.event === 'warning') await task.deliver({ summary: 'Acme', criteria: [NAMED] });
      },
      { signal: stop.signal },
    );
    const { body } = await ana.delegates({ ...aTaskFor(agentId), budget: { limit: 10, unit: 'EUR' } });
    await ana.reviews(String(body['handoff_id']), 2);
    stop.abort();
    await working;
    expect(heard).toEqual(['offered', 'confirmed', 'warning']);
  });

  it('gives a task to another, and has what that one delivered once a person has accepted it', async () => {
    const worker = await overHttp(`worker-${agentId}`);
    const stop = new AbortController();
    const working = worker.onAssignment(doneAtOnce, { signal: stop.signal });
    const given = await (await start()).delegate({ ...aTaskFor(`worker-${agentId}`), task_id: `${agentId}-6` });
    await ana.reviews(given.id, 2);
    await ana.answers(given.id, { type: 'approve' });
    expect(await given.answer()).toMatchObject({ kind: 'approved', action: { name: 'accept_delivery', args: { output: 'Acme Ltd' } } });
    stop.abort();
    await working;
  });

  it('finds after a restart what it gave to another, and not what it was given, and takes it back', async () => {
    const { id } = await (await start()).delegate({ ...aTaskFor(`away-${agentId}`), task_id: `${agentId}-5` });
    const pending = await (await start()).pending();
    expect(pending.map((handoff) => [handoff.taskId, handoff.id])).toEqual([[`${agentId}-5`, id]]);
    await pending[0]?.withdraw('cups were found in the cellar');
    expect(await pending[0]?.answer()).toMatchObject({ kind: 'ended', how: 'withdrawn' });
  });
});

it('an agent over HTTP hears of a task from its event stream, and need not look again and again', async () => {
  const agentId = 'listener';
  const client = connect({ ...(await system.doorFor(agentId)), lookEvery: 3600 });
  const stop = new AbortController();
  const heard: string[] = [];
  const hear = (task: Assignment): Promise<void> => {
    heard.push(task.event);
    return doneAtOnce(task);
  };
  const working = client.onAssignment(hear, { signal: stop.signal });
  const { body } = await ana.delegates(aTaskFor(agentId));
  await ana.reviews(String(body['handoff_id']), 2);
  stop.abort();
  await working;
  expect(heard).toEqual(['offered', 'confirmed']);
});

it('an agent over Kafka is told of a reply that is refused after Kafka has taken it', async () => {
  const told: string[] = [];
  const onRefused: KafkaOptions['onRefused'] = ({ code, message }, { task_id }) => told.push(`${code} ${task_id}: ${message}`);
  const client = await overKafka('late', { onRefused });
  try {
    await (await client.escalate(packetOf('late-1'))).addContext({ urgency: 'at once' });
    const refused = await eventually('it is told', () => told[0] ?? false);
    expect(refused).toBe('REFUSED late-1: urgency is "at once"; it must be one of high, medium, low.');
  } finally {
    await client.close();
  }
});

it('an agent over HTTP passes on a state that is too large for a packet, and whoever takes the task reads the same bytes', async () => {
  const [sender, taker] = await Promise.all([overHttp('storer'), overHttp('fetcher')]);
  const state = randomBytes(3_000_000);
  const stored = await sender.putObject(state);
  const { id } = await sender.transfer({
    ...{
      task_id: 'large-1',
      from: 'storer',
      to: 'fetcher',
      goal: 'Refund order 881.',
      results: [],
      provenance: [],
      remaining: ['Pay it back.'],
    },
    ...{ accumulated_state: { schema_id: 'acme/refund-run/2', ...stored }, decisions: [], constraints: [] },
  });
  const stop = new AbortController();
  const read: Uint8Array[] = [];
  const goOn = async (task: Assignment): Promise<void> => {
    if (task.event === 'offered') return task.accept();
    read.push(await taker.getObject(stored));
    stop.abort();
  };
  await taker.onAssignment(goOn, { signal: stop.signal });
  expect(read.map((it) => Buffer.compare(it, state))).toEqual([0]);
  expect(await (await sender.find(id)).answer()).toMatchObject({ kind: 'ended', how: 'taken', decision: { taken_by: 'fetcher' } });
});

describe.each([
  ['streamable HTTP', throughHttp],
  ['stdio', throughStdio],
])('a model with our MCP server, over %s, by the official client', (name, opened) => {
  let tools: Tools;
  const agentId = `model-${name.length}`;
  beforeAll(async () => {
    tools = await Tools.open(await opened(await system.doorFor(agentId)));
  });
  afterAll(() => tools?.close());

  it('gets a handle at once, answers what it is asked, and polls for the decision', async () => {
    const packet = { ...packetOf(`${agentId}-1`), recommended_action: { kind: 'tool_call', name: 'refund', args: { order: '881' } } };
    const asked = await tools.call('escalate_to_human', packet);
    expect(asked).toMatchObject({ status: 'pending' });
    const id = String(asked['handoff_id']);
    expect(await tools.call('list_pending')).toMatchObject({ pending: [{ handoff_id: id, task_id: `${agentId}-1` }] });

    await ana.opens(id);
    await ana.moves(id, { move: 'request_info', note: 'Is there a photo?' });
    const question = await eventually('the question', async () => {
      const { questions } = await tools.call('get_decision', { handoff_id: id });
      return Array.isArray(questions) && questions.filter(isJsonObject)[0];
    });
    await tools.call('answer_question', { handoff_id: id, question_id: question['question_id'] ?? null, text: 'Yes, in the ticket.' });
    await system.event('the answer', handoffMoves, (it) => it.handoff_id === id && it.note === 'Yes, in the ticket.');
    await ana.answers(id, { type: 'approve' });

    const decided = await tools.call('get_decision', { handoff_id: id, wait_seconds: 25 });
    expect(decided).toMatchObject({ status: 'approved', action: { name: 'refund', args: { order: '881' } } });
    expect(await tools.call('list_pending')).toEqual({ pending: [] });
  });

  it('hears that a rejection is final, and what is wrong with a packet', async () => {
    const id = String((await tools.call('escalate_to_human', packetOf(`${agentId}-2`)))['handoff_id']);
    await ana.opens(id);
    await ana.answers(id, { type: 'reject', message: 'No.' });
    const decided = await tools.call('get_decision', { handoff_id: id, wait_seconds: 25 });
    expect(decided).toMatchObject({ status: 'rejected', message: 'No.', next: expect.stringContaining('Do not try it again') });
    const refused = await tools.call('escalate_to_human', { ...packetOf('x'), resume: 'x'.repeat(20_000) });
    expect(refused).toMatchObject({ refused: 'invalid', faults: [{ path: 'resume', code: 'too_large' }] });
  });

  it('gives a task to an agent, passes one on, and asks whether to ask', async () => {
    const [worker, next] = await Promise.all([overHttp(`worker-${agentId}`), overHttp(`next-${agentId}`)]);
    const stop = new AbortController();
    const working = Promise.all([
      worker.onAssignment(doneAtOnce, { signal: stop.signal }),
      next.onAssignment(doneAtOnce, { signal: stop.signal }),
    ]);
    const given = await tools.call('delegate_task', {
      task_id: `${agentId}-3`,
      goal: 'Name a supplier of paper cups.',
      success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
      agent_target: `worker-${agentId}`,
    });
    const id = String(given['handoff_id']);
    await ana.reviews(id, 2);
    await ana.answers(id, { type: 'approve' });
    expect(await tools.call('get_decision', { handoff_id: id, wait_seconds: 25 })).toMatchObject({ status: 'approved' });

    const passed = await tools.call('transfer_task', {
      ...{ task_id: `${agentId}-4`, from: agentId, to: `next-${agentId}`, goal: 'Refund order 881.' },
      accumulated_state: { schema_id: 'acme/refund-run/2', value: { step: 3 } },
    });
    const taken = await tools.call('get_decision', { handoff_id: passed['handoff_id'] ?? null, wait_seconds: 25 });
    expect(taken).toMatchObject({ status: 'ended', how: 'taken' });
    stop.abort();
    await working;

    expect(await tools.call('should_ask', { reason_code: 'authority_limit' })).toMatchObject({ ask: true });
    expect(await tools.call('report_outcome', { task_id: `${agentId}-1`, result: 'succeeded' })).toEqual({ state: 'taken' });
  });
});

it('our MCP server lets nobody in without an agent’s key', async () => {
  const { url, close } = await anMcpServer('http://127.0.0.1:9');
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
  await close();
});

const NAMED = { criterion_id: 'named', met: true, evidence: ['https://cups.example'] };
const aTaskFor = (agentId: string): JsonObject => ({
  task_id: `cups-${agentId}`,
  goal: 'Name a supplier of paper cups.',
  success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
  constraints: [{ kind: 'must_not', text: 'sign anything' }],
  context: 'We need 10,000 cups by May.',
  agent_target: agentId,
});

/** An agent that takes whatever it is offered, and delivers what is to be delivered. */
async function doneAtOnce(task: Assignment): Promise<void> {
  if (task.event === 'offered') await task.accept();
  if (task.event === 'confirmed' && task.told.kind === 'delegation')
    await task.deliver({ summary: 'Acme', output: 'Acme Ltd', criteria: [NAMED] });
}

/** The handoff of one tool call, once it waits for ana. */
async function waitingFor(agentId: string, order: string): Promise<string> {
  const isMeant = ({ packet, agent_id: by }: HandoffAccepted) => by === agentId && packet.recommended_action.args['order'] === order;
  const { handoff_id: id } = await system.event(`order ${order} is asked about`, handoffAccepted, isMeant);
  await ana.opens(id);
  return id;
}
