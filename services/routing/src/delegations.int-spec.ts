import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agentKeyOf,
  DEFAULT_TENANT,
  handoffAccepted,
  handoffAgents,
  handoffAssignments,
  handoffClock,
  handoffDecisions,
  handoffMoves,
  handoffReplied,
  handoffRouted,
  readDelegation,
  withDelivery,
  type AgentId,
  type HandoffAccepted,
  type HandoffAgent,
  type HandoffClock,
  type HandoffMove,
  type HandoffReplied,
  type HandoffRouted,
  type TaskId,
} from '@handoff/contracts';
import { aDecision, anAcceptedHandoff, startTestService, type TestService } from '@handoff/testing';

const POLICY = `
policy: { id: test, name: Test }
people:
  - { id: ana, name: Ana, roles: [responder], addresses: [] }
teams:
  - { id: support, name: Support, members: [ana] }
rules:
  - { id: default, match: {}, levels: [{ name: support, target: { team: support } }] }
`;

let folder: string;
let routing: TestService;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'handoff-routing-'));
  const policyFile = join(folder, 'policy.yaml');
  await writeFile(policyFile, POLICY);
  routing = await startTestService({
    service: 'routing',
    load: () => import('./routing.module.js'),
    env: { POLICY_FILE: policyFile, OFFER_SECONDS: '30', LEASE_SECONDS: '300' },
    replicas: 2,
  });
}, 60_000);
afterAll(async () => {
  await routing?.stop();
  for (const name of ['OFFER_SECONDS', 'LEASE_SECONDS']) delete process.env[name];
  await rm(folder, { recursive: true, force: true });
});

function anAgent(agentId: string, capability: string, over: Partial<HandoffAgent> = {}): HandoffAgent {
  const agent_id = agentId as AgentId;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const who = { tenant: DEFAULT_TENANT, agent_id, id: agentKeyOf(DEFAULT_TENANT, agent_id) };
  return {
    ...who,
    event: 'registered',
    capabilities: [capability],
    most_at_once: 1,
    alive_until: until,
    revision: 1,
    changed_at: until,
    ...over,
  };
}

function aTask(capability: string): HandoffAccepted {
  const accepted = anAcceptedHandoff();
  const read = readDelegation({
    task_id: accepted.task_id,
    goal: 'Name a supplier.',
    success_criteria: [{ text: 'One is named', check: 'read it' }],
    constraints: [],
    context: '',
    agent_target: { capability },
  });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return { ...accepted, kind: 'delegation', agent_id: 'unknown' as AgentId, packet: read.value };
}

const routedOf = async ({ handoff_id }: HandoffAccepted): Promise<readonly HandoffRouted[]> =>
  (await routing.published(handoffRouted)).filter((it) => it.handoff_id === handoff_id);
const lastOf = async (task: HandoffAccepted): Promise<HandoffRouted> => {
  const last = (await routedOf(task)).at(-1);
  if (!last) throw new Error('Nothing was said.');
  return last;
};
const toldOf = async ({ handoff_id }: HandoffAccepted): Promise<readonly string[]> =>
  (await routing.published(handoffAssignments)).filter((it) => it.handoff_id === handoff_id).map((it) => `${it.event} ${it.agent_id}`);

async function says(task: HandoffAccepted, event: HandoffReplied['event'], { agent }: HandoffRouted, sequence = 2): Promise<void> {
  const { tenant, handoff_id, task_id } = task;
  const who = { agent_id: agent?.agent_id ?? ('' as AgentId), offer_id: agent?.offer_id ?? null };
  const said = { event, text: '', question_id: null, replied_at: new Date().toISOString(), ...who };
  await routing.deliver(handoffReplied, [{ tenant, handoff_id, task_id, sequence, packet_version: 1, ...said }]);
}

async function lapses(clock: HandoffClock['clock'], { tenant, handoff_id, level, cycle }: HandoffRouted): Promise<void> {
  const now = new Date().toISOString();
  const fired = { event: 'lapsed' as const, clock, level: level.number, cycle, due_at: now, fired_at: now, share: null, result: null };
  await routing.deliver(handoffClock, [{ tenant, handoff_id, sequence: 1, packet_version: 1, ...fired }]);
}

function deliveredBy(task: HandoffAccepted, { agent }: HandoffRouted): HandoffAccepted {
  const { delegation } = task.packet;
  if (!delegation || !agent) throw new Error('It is with nobody.');
  const work = { summary: 'done', output: null, criteria: [{ criterion_id: '1', met: true, evidence: ['a list'] }] };
  const { agent_id, offer_id, round } = agent;
  const packet = withDelivery(task.packet, delegation, { ...work, agent_id, offer_id, round, delivered_at: new Date().toISOString() });
  if (packet.kind === 'faults') throw new Error(JSON.stringify(packet.faults));
  return { ...task, event: 'delivered', sequence: 2, packet_version: 2, packet: packet.value };
}

function aMove({ tenant, handoff_id, level, cycle }: HandoffRouted, event: HandoffMove['event']): HandoffMove {
  const who = { moved_by: 'ana' as HandoffMove['moved_by'], channel: 'desk' as const, moved_at: new Date().toISOString() };
  return { tenant, handoff_id, sequence: 1, packet_version: 2, event, level: level.number, cycle, note: null, ...who };
}

describe('a task for a capability', () => {
  it('is offered, held, and passed on with who had it before, down to people', async () => {
    await routing.deliver(handoffAgents, [anAgent('one', 'sew'), anAgent('two', 'sew')]);
    const task = aTask('sew');
    await routing.deliver(handoffAccepted, [task]);
    const first = await lastOf(task);
    expect(first).toMatchObject({ event: 'offered', agent: { agent_id: 'one', lease_seconds: 300 }, page: false });
    await says(task, 'accept', first);
    await lapses('ack_by', first); // it was answered
    const held = await lastOf(task);
    expect(held).toMatchObject({ event: 'held', agent: { agent_id: 'one' } });
    await lapses('lease_by', held);
    expect(await lastOf(task)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' }, before: [{ agent_id: 'one' }] });
    await says(task, 'accept', held); // the one that was silent is back, and the task is not its own
    await says(task, 'refuse', await lastOf(task), 3);
    expect(await lastOf(task)).toMatchObject({ event: 'asked', asked: ['ana'], before: [{ agent_id: 'one' }, { agent_id: 'two' }] });
    expect(await toldOf(task)).toEqual(expect.arrayContaining(['offered one', 'confirmed one', 'lapsed one', 'offered two', 'lapsed two']));
  });

  it('is given to one of two replicas’ agents each, as nobody gets more than it takes', async () => {
    await routing.deliver(handoffAgents, [anAgent('left', 'knit'), anAgent('right', 'knit')]);
    const tasks = [1, 2, 3].map((it) => ({ ...aTask('knit'), task_id: `knit-${it}` as TaskId }));
    await routing.deliver(handoffAccepted, tasks);
    const last = await Promise.all(tasks.map(lastOf));
    expect(last.map(({ event, agent }) => `${event} ${agent?.agent_id ?? ''}`).toSorted()).toEqual([
      'asked ',
      'offered left',
      'offered right',
    ]);
  });

  it('is offered by the version that agents tell, in the order of numbers', async () => {
    await routing.deliver(handoffAgents, [anAgent('aged', 'felt', { version: '2.9' }), anAgent('recent', 'felt', { version: '2.10' })]);
    const task = aTask('felt');
    const asking = { ...task.packet.delegation, agent_target: { capability: 'felt', min_version: '2.10' } };
    await routing.deliver(handoffAccepted, [{ ...task, packet: { ...task.packet, delegation: asking } as typeof task.packet }]);
    expect(await lastOf(task)).toMatchObject({ event: 'offered', agent: { agent_id: 'recent' } });
  });

  it('is offered to nobody who is silent by now, and an older word on an agent changes nothing', async () => {
    const past = new Date(Date.now() - 1000).toISOString();
    await routing.deliver(handoffAgents, [anAgent('late', 'weave', { revision: 2, alive_until: past, event: 'lapsed' })]);
    await routing.deliver(handoffAgents, [anAgent('late', 'weave')]);
    const task = aTask('weave');
    await routing.deliver(handoffAccepted, [task]);
    expect(await lastOf(task)).toMatchObject({ event: 'asked', why: expect.stringContaining('No agent that can do "weave"') });
  });

  it('is taken from the agent where a person ends it', async () => {
    await routing.deliver(handoffAgents, [anAgent('solo', 'dye')]);
    const task = aTask('dye');
    await routing.deliver(handoffAccepted, [task]);
    await says(task, 'accept', await lastOf(task));
    await routing.deliver(handoffDecisions, [aDecision(task, { type: 'take_over', kind: 'delegation' })]);
    expect((await toldOf(task)).at(-1)).toBe('cancelled solo');
    const next = aTask('dye');
    await routing.deliver(handoffAccepted, [next]); // it has room again
    expect(await lastOf(next)).toMatchObject({ event: 'offered', agent: { agent_id: 'solo' } });
  });
});

describe('an escalation that is asked within a task', () => {
  it('keeps the task with its agent while people take their time, and is withdrawn where the task ends', async () => {
    await routing.deliver(handoffAgents, [anAgent('baker', 'bake')]);
    const task = aTask('bake');
    await routing.deliver(handoffAccepted, [task]);
    await says(task, 'accept', await lastOf(task));
    const asked = () =>
      anAcceptedHandoff({ agent_id: 'baker' as AgentId, task_id: `part-${task.task_id}` as TaskId, within: task.handoff_id });
    const first = asked();
    await routing.deliver(handoffAccepted, [first]);
    const waiting = await lastOf(task);
    expect(Date.parse(waiting.agent?.lease_by ?? '')).toBe(Date.parse((await lastOf(first)).decide_by) + 300_000);
    await lapses('lease_by', waiting);
    expect(await lastOf(task)).toMatchObject({ event: 'held', cycle: waiting.cycle, agent: { agent_id: 'baker' } });
    await routing.deliver(handoffDecisions, [aDecision(first)]);
    expect(await lastOf(task)).toMatchObject({ event: 'held', cycle: waiting.cycle + 1, why: expect.stringContaining('approve') });

    const second = asked();
    await routing.deliver(handoffAccepted, [second]);
    await routing.deliver(handoffDecisions, [aDecision(task, { type: 'reject', kind: 'delegation' })]);
    expect(await lastOf(second)).toMatchObject({ event: 'end', end: { type: 'withdrawn' } });
    expect((await toldOf(task)).at(-1)).toBe('cancelled baker');
  });

  it('is withdrawn whichever of two replicas brings it while the other ends its task', async () => {
    await routing.deliver(handoffAgents, [anAgent('miller', 'mill', { most_at_once: 10 })]);
    const tasks = Array.from({ length: 5 }, () => aTask('mill'));
    await routing.deliver(handoffAccepted, tasks);
    for (const task of tasks) await says(task, 'accept', await lastOf(task));
    const asked = tasks.map(({ handoff_id: within, task_id }) =>
      anAcceptedHandoff({ agent_id: 'miller' as AgentId, task_id: `part-${task_id}` as TaskId, within }),
    );
    await Promise.all([
      routing.deliver(handoffAccepted, asked),
      routing.deliver(
        handoffDecisions,
        tasks.map((task) => aDecision(task, { type: 'take_over', kind: 'delegation' })),
      ),
    ]);
    expect((await Promise.all(asked.map(lastOf))).map(({ end }) => end?.type)).toEqual(tasks.map(() => 'withdrawn'));
  });
});

describe('a schema that is restored to an earlier time', () => {
  /** All that was said and told of these. */
  const heardOf = async (...tasks: readonly HandoffAccepted[]): Promise<readonly string[]> => {
    const ids = new Set(tasks.map(({ handoff_id }) => handoff_id));
    const routed = (await routing.published(handoffRouted)).map((it) => ({ ...it, who: it.agent?.agent_id ?? it.asked.join() }));
    const told = (await routing.published(handoffAssignments)).map((it) => ({ ...it, who: `${it.agent_id} ${it.offer_id ?? ''}` }));
    const all = [...routed, ...told].filter(({ handoff_id }) => ids.has(handoff_id));
    return all.map(({ handoff_id, sequence, event, who }) => `${handoff_id} ${sequence} ${event} ${who}`).toSorted();
  };

  it('has each task in the hands in which it was, says nothing of it anew, and counts on from there', async () => {
    await routing.deliver(handoffAgents, [anAgent('spinner', 'spin', { most_at_once: 9 }), anAgent('winder', 'spin', { most_at_once: 9 })]);
    const [over, sentBack, offered, forgotten] = [aTask('spin'), aTask('spin'), aTask('spin'), aTask('spin')];
    for (const task of [over, sentBack, offered]) await routing.deliver(handoffAccepted, [task]);
    for (const task of [over, sentBack]) await says(task, 'accept', await lastOf(task));
    await routing.backUp();

    await routing.deliver(handoffDecisions, [aDecision(over, { type: 'take_over', kind: 'delegation' })]);
    await says(offered, 'refuse', await lastOf(offered));
    await routing.deliver(handoffAccepted, [forgotten]); // the spinner has least to do, and in what is restored the most
    await says(forgotten, 'accept', await lastOf(forgotten));
    await routing.deliver(handoffAccepted, [deliveredBy(sentBack, await lastOf(sentBack))]);
    await routing.deliver(handoffMoves, [aMove(await lastOf(sentBack), 'request_changes')]);
    const [first, second, third] = await Promise.all([offered, sentBack, forgotten].map(lastOf));
    expect([first, second, third].map((it) => it?.event)).toEqual(['offered', 'held', 'held']);
    const before = await heardOf(over, offered, sentBack, forgotten);

    await routing.restore();
    await says(forgotten, 'progress', await lastOf(forgotten), 3);
    expect(await heardOf(over, offered, sentBack, forgotten)).toEqual(before);
    await lapses('lease_by', await lastOf(forgotten));
    const next = await lastOf(forgotten);
    expect(next).toMatchObject({ sequence: (third?.sequence ?? 0) + 1, before: [{ agent_id: third?.agent?.agent_id }] });
    expect(next.agent?.agent_id).not.toBe(third?.agent?.agent_id);
    await lapses('ack_by', await lastOf(offered)); // both have had it, and neither has it twice
    expect(await lastOf(offered)).toMatchObject({ event: 'asked', sequence: (first?.sequence ?? 0) + 1, asked: ['ana'] });
  });
});
