import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  handoffAccepted,
  handoffAssignments,
  handoffClock,
  handoffDecisions,
  handoffMoves,
  handoffReplied,
  handoffRouted,
  newId,
  readDelegation,
  withDelivery,
  type AgentId,
  type EventTopic,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffEvent,
  type HandoffReplied,
  type HandoffRouted,
  type OfferId,
  type PersonId,
  type QuestionId,
  type RoutedAgent,
  type Timeline,
} from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, startTestService, type TestService } from '@handoff/testing';
import { DESK_ENV, DeskDoor } from './desk-door.for-spec.js';

const AGENT = 'finder' as AgentId;
let notifier: TestService;
let desk: DeskDoor;

beforeAll(async () => {
  notifier = await startTestService({ service: 'notifier', load: () => import('./notifier.module.js'), env: DESK_ENV });
  desk = await DeskDoor.open(notifier, { ana: { teams: ['support'] }, zoe: { teams: ['sales'] } });
}, 60_000);
afterAll(() => notifier?.stop());

function aTask(): HandoffAccepted {
  const accepted = anAcceptedHandoff();
  const read = readDelegation({
    task_id: accepted.task_id,
    goal: 'Name a supplier.',
    success_criteria: [{ id: 'named', text: 'One is named', check: 'read it' }],
    constraints: [],
    context: '',
  });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return { ...accepted, kind: 'delegation', agent_id: 'unknown' as AgentId, packet: read.value };
}

const anAgent = (round = 1): RoutedAgent => ({ agent_id: AGENT, offer_id: newId<OfferId>(), round, of: 2, lease_seconds: 600 });
const agentsTurn = (task: HandoffAccepted, agent: RoutedAgent): HandoffRouted =>
  aRouting(task, { event: 'held', asked: [], page: false, ladder: [], given_to: ['ana' as PersonId], agent });

async function delivered(task: HandoffAccepted, agent: RoutedAgent): Promise<void> {
  const { delegation } = task.packet;
  if (!delegation) throw new Error('It is no delegation.');
  const criteria = [{ criterion_id: 'named', met: true, evidence: ['acme.example'] }];
  const packet = withDelivery(task.packet, delegation, {
    agent_id: agent.agent_id,
    offer_id: agent.offer_id,
    round: agent.round,
    summary: 'Found.',
    output: 'Acme',
    criteria,
    delivered_at: task.accepted_at,
  });
  if (packet.kind === 'faults') throw new Error(JSON.stringify(packet.faults));
  const versions = { sequence: 2, packet_version: 2, agent_id: AGENT };
  await notifier.deliver(handoffAccepted, [{ ...task, ...versions, event: 'delivered', packet: packet.value }]);
  await notifier.deliver(handoffRouted, [
    aRouting(task, { sequence: 2, cycle: 2, packet_version: 2, agent, given_to: ['ana' as PersonId] }),
  ]);
}

const LADDER: HandoffRouted['ladder'] = [{ channel: 'webhook', after_seconds: 0 }];

async function withAgent(agent = anAgent(), ladder: HandoffRouted['ladder'] = []): Promise<HandoffAccepted> {
  const task = aTask();
  await notifier.deliver(handoffAccepted, [task]);
  await notifier.deliver(handoffRouted, [{ ...agentsTurn(task, agent), ladder }]);
  return task;
}
async function told<Event extends HandoffEvent>(topic: EventTopic<Event>, { handoff_id: id }: HandoffAccepted): Promise<readonly Event[]> {
  return (await notifier.published(topic)).filter(({ handoff_id }) => handoff_id === id);
}

describe('a task that an agent works on', () => {
  it('waits for nobody, and can be ended by whoever gave it', async () => {
    const task = await withAgent();
    expect(await desk.look('ana', 'handoffs?state=with_agent')).toMatchObject({
      items: [{ handoff_id: task.handoff_id, agent: { agent_id: AGENT } }],
    });
    expect((await desk.move('ana', task.handoff_id, { move: 'escalate' })).body).toMatchObject({ code: 'with_agent' });
    expect((await desk.decide('ana', task.handoff_id, { type: 'approve' })).status).toBe(422); // nothing is delivered
    expect((await desk.decide('ana', task.handoff_id, { type: 'reject', message: 'No longer needed.' })).status).toBe(201);
    expect(await told(handoffDecisions, task)).toMatchObject([{ type: 'reject', kind: 'delegation', agent_id: AGENT }]);
  });

  it('has its agent’s question answered once, and hears none of an agent that has lost it', async () => {
    const agent = anAgent();
    const task = await withAgent(agent);
    const { tenant, handoff_id, task_id } = task;
    const ask = (offer_id: OfferId, sequence: number) => ({
      ...{ tenant, handoff_id, task_id, sequence, packet_version: 1, event: 'ask' as const, agent_id: AGENT },
      ...{ question_id: newId<QuestionId>(), offer_id, text: 'Which size?', replied_at: task.accepted_at },
    });
    await notifier.deliver(handoffReplied, [ask(newId<OfferId>(), 2)]);
    expect((await desk.move('ana', handoff_id, { move: 'answer', note: 'Large.' })).body).toMatchObject({ code: 'nothing_asked' });
    const asked = ask(agent.offer_id, 3);
    await notifier.deliver(handoffReplied, [asked]);
    expect(await desk.look('ana', `handoffs/${handoff_id}`)).toMatchObject({
      asks: [{ question_id: asked.question_id, text: 'Which size?' }],
    });
    expect((await desk.move('zoe', handoff_id, { move: 'answer', note: 'Small.' })).status).toBe(403);
    expect((await desk.move('ana', handoff_id, { move: 'answer', note: 'Large.' })).status).toBe(201);
    expect(await told(handoffAssignments, task)).toMatchObject([
      { event: 'answer', agent_id: AGENT, question_id: asked.question_id, text: 'Large.', offer_id: agent.offer_id },
    ]);
    expect((await desk.move('ana', handoff_id, { move: 'answer', note: 'Again.' })).status).toBe(409);
  });
});

describe('a task that agents pass on', () => {
  it('ends as taken for its sender, once, and says who has it', async () => {
    const agent = anAgent();
    const task = { ...anAcceptedHandoff(), kind: 'transfer' as const };
    await notifier.deliver(handoffAccepted, [task]);
    await notifier.deliver(handoffRouted, [{ ...agentsTurn(task, agent), event: 'offered' }]);
    const end = { type: 'taken' as const, reason: 'It has taken it.' };
    await notifier.deliver(handoffRouted, [{ ...agentsTurn(task, agent), event: 'end', sequence: 2, end }]);
    expect((await desk.decide('ana', task.handoff_id, { type: 'take_over' })).status).toBe(409); // too late
    expect(await told(handoffDecisions, task)).toMatchObject([
      { type: 'taken', kind: 'transfer', agent_id: task.agent_id, taken_by: AGENT },
    ]);
  });
});

describe('how it goes', () => {
  it('is shown as the agent that has the task said it last, until another one has it', async () => {
    const agent = anAgent();
    const task = await withAgent(agent);
    const says = (text: string, at: string, sequence: number, offer_id = agent.offer_id): HandoffReplied => ({
      ...{ tenant: task.tenant, handoff_id: task.handoff_id, task_id: task.task_id, sequence, packet_version: 1 },
      ...{ event: 'progress', agent_id: AGENT, question_id: null, offer_id, text, replied_at: at },
    });
    const shown = () => desk.look('ana', `handoffs/${task.handoff_id}`);
    await notifier.deliver(handoffReplied, [says('Two found.', '2026-03-17T12:02:00.000Z', 2)]);
    await notifier.deliver(handoffReplied, [says('One found.', '2026-03-17T12:01:00.000Z', 3)]);
    await notifier.deliver(handoffReplied, [says('', '2026-03-17T12:03:00.000Z', 4)]);
    await notifier.deliver(handoffReplied, [says('Mine!', '2026-03-17T12:04:00.000Z', 5, newId<OfferId>())]);
    expect(await shown()).toMatchObject({ turn: 'held', progress: { text: 'Two found.', at: '2026-03-17T12:02:00.000Z' } });
    const next = { ...agentsTurn(task, anAgent()), event: 'offered' as const, cycle: 2, sequence: 2 };
    await notifier.deliver(handoffRouted, [next]);
    expect(await shown()).toMatchObject({ turn: 'offered', progress: null });
  });
});

describe('what an agent is bound to', () => {
  it('is told once to it and to whoever gave the task, and shown before the work is accepted', async () => {
    const agent = anAgent();
    const task = await withAgent(agent, LADDER);
    const { tenant, handoff_id, task_id } = task;
    const dueAt = '2026-03-17T12:10:00.000Z';
    const late: HandoffClock = {
      ...{ tenant, handoff_id, sequence: 1, packet_version: 1, event: 'breached', clock: 'due_by', level: 1, cycle: 1 },
      ...{ due_at: dueAt, fired_at: dueAt, share: null, result: null },
    };
    await notifier.deliver(handoffClock, [late]);
    await notifier.deliver(handoffClock, [{ ...late, sequence: 2 }]);
    const says = (over: Partial<HandoffReplied>, sequence: number): HandoffReplied => ({
      ...{ tenant, handoff_id, task_id, sequence, packet_version: 1, event: 'progress', agent_id: AGENT, question_id: null },
      ...{ offer_id: agent.offer_id, text: '', replied_at: `2026-03-17T12:1${sequence}:00.000Z`, ...over },
    });
    const spent = { value: 11, total: 11, limit: 10, unit: 'EUR' };
    const signed = { text: 'Signed', outside: 'must_ask' as const, agent_id: AGENT, told_at: '2026-03-17T12:13:00.000Z' };
    await notifier.deliver(handoffReplied, [says({ spent }, 2)]);
    await notifier.deliver(handoffReplied, [says({ spent, decisions: [signed] }, 3)]);

    const moves = await told(handoffMoves, task);
    expect(moves.map(({ event, warning }) => [event, warning?.term, warning?.share])).toEqual([
      ['warning', 'due_by', 1],
      ['warning', 'budget', 1],
      ['warning', 'decision_rights', null],
    ]);
    const heard = await told(handoffAssignments, task);
    expect(heard.map(({ event, warning, offer_id }) => [event, warning?.term, offer_id])).toEqual(
      ['due_by', 'budget', 'decision_rights'].map((term) => ['warning', term, agent.offer_id]),
    );
    expect(new Set([...moves, ...heard].map(({ sequence }) => sequence)).size).toBe(6);
    const copies = `SELECT recipient, count(*)::int AS count FROM notifications WHERE handoff_id = $1 GROUP BY recipient`;
    expect(await notifier.query(copies, [handoff_id])).toEqual([{ recipient: 'ana', count: 3 }]);

    await delivered(task, agent);
    expect(await desk.look('ana', `handoffs/${handoff_id}`)).toMatchObject({
      state: 'open',
      terms: { due: { share: 1, due_at: dueAt }, spent: { total: 11, limit: 10 }, decisions: [{ text: 'Signed', outside: 'must_ask' }] },
      thread: [{ note: `It was due by ${dueAt}, and is not delivered yet.` }, { event: 'warning' }, { event: 'warning' }],
    });
  });
});

describe('what was delivered', () => {
  it('goes back by criterion, while there are rounds left', async () => {
    const agent = anAgent();
    const task = await withAgent(agent);
    await delivered(task, agent);
    const changes = [{ criterion_id: 'named', text: 'It is closed.' }];
    const unknown = { move: 'request_changes', changes: [{ criterion_id: 'other', text: 'x' }] };
    expect((await desk.move('ana', task.handoff_id, unknown)).body).toMatchObject({ errors: [{ path: 'changes[0].criterion_id' }] });
    expect((await desk.move('ana', task.handoff_id, { move: 'request_changes' })).status).toBe(422);
    expect((await desk.move('ana', task.handoff_id, { move: 'request_changes', changes })).status).toBe(201);
    expect(await told(handoffMoves, task)).toMatchObject([{ event: 'request_changes', changes, packet_version: 2 }]);

    const last = anAgent(2);
    const other = await withAgent(last);
    await delivered(other, last);
    expect((await desk.move('ana', other.handoff_id, { move: 'request_changes', changes })).body).toMatchObject({ code: 'no_rounds_left' });
    expect((await desk.decide('ana', other.handoff_id, { type: 'approve', packet_version: 2 })).status).toBe(201);
    expect(await told(handoffDecisions, other)).toMatchObject([
      { type: 'approve', action: { args: { output: 'Acme' } }, packet_version: 2 },
    ]);
  });
});

describe('an escalation that was asked within a task', () => {
  it('and the task lead to each other, and have one history, whichever is looked at', async () => {
    const task = await withAgent();
    const asked = anAcceptedHandoff({ agent_id: AGENT, within: task.handoff_id });
    await notifier.deliver(handoffAccepted, [asked]);
    await notifier.deliver(handoffRouted, [aRouting(asked)]);
    const [whole, part] = [`handoffs/${task.handoff_id}`, `handoffs/${asked.handoff_id}`];
    expect(await desk.look('ana', whole)).toMatchObject({
      ...{ waits_for: [asked.handoff_id], within: null, delegation: null, related: [] },
      asked_within: [{ handoff_id: asked.handoff_id, state: 'open', ended_as: null }],
    });
    expect(await desk.look('ana', part)).toMatchObject({
      ...{ waits_for: [], within: task.handoff_id, asked_within: [], related: [] },
      delegation: { handoff_id: task.handoff_id, task_id: task.task_id, title: 'Name a supplier.' },
    });
    await desk.decide('ana', asked.handoff_id, { type: 'approve' });
    expect(await desk.look('ana', whole)).toMatchObject({ waits_for: [], asked_within: [{ state: 'ended', ended_as: 'approve' }] });
    for (const id of [task, asked].map(({ handoff_id }) => handoff_id)) {
      const { strands, lines } = (await desk.look('ana', `handoffs/${id}/history`)) as unknown as Timeline; // as notifier writes it
      expect(strands.map(({ kind }) => kind)).toEqual(['delegation', 'escalation']);
      expect(lines.find(({ event }) => event === 'decision')).toMatchObject({ handoff_id: asked.handoff_id, who: 'ana' });
    }
  });

  it('leaves the oldest of many out of the history, and says how many', async () => {
    const task = await withAgent();
    const accepted_at = new Date(Date.parse(task.accepted_at) - 1000).toISOString();
    const asked = Array.from({ length: 21 }, () => anAcceptedHandoff({ agent_id: AGENT, within: task.handoff_id, accepted_at }));
    const newest = anAcceptedHandoff({ agent_id: AGENT, within: task.handoff_id });
    await notifier.deliver(handoffAccepted, [...asked, newest]);
    await notifier.deliver(handoffRouted, [aRouting(newest)]);
    await desk.decide('ana', newest.handoff_id, { type: 'approve' });
    const { strands, strands_left_out } = (await desk.look('ana', `handoffs/${task.handoff_id}/history`)) as unknown as Timeline; // as notifier writes it
    expect([strands.length, strands_left_out]).toEqual([20, 3]);
    expect(strands[0]).toMatchObject({ handoff_id: task.handoff_id, kind: 'delegation' });
  });
});
