import { describe, expect, it } from '@jest/globals';
import {
  controlId,
  DEFAULT_TENANT,
  newId,
  readDelegation,
  withDelivery,
  type AgentId,
  type HandoffAccepted,
  type HandoffAssignment,
  type HandoffClock,
  type HandoffDecision,
  type HandoffMove,
  type HandoffReplied,
  type HandoffRouted,
  type JsonObject,
  type OfferId,
} from '@handoff/contracts';
import { accept } from '../accept.js';
import { applyClock } from '../apply-clock.js';
import { applyDecision } from '../apply-decision.js';
import { applyMove } from '../apply-move.js';
import { recallSaid } from '../recall.js';
import { aBoard, aDecision, anAccepted, anAgent, aPolicy, at, eventsOf, idOf, NOW } from '../builders.for-spec.js';
import type { Board } from '../board.js';
import type { HeldEvent } from '../held-event.js';
import { Load } from '../load.js';
import { Agents, type AgentStanding } from './agents.js';
import { applyReply } from './apply-reply.js';

const agent = (agentId: string, over: Partial<AgentStanding> = {}): AgentStanding =>
  anAgent(agentId, { capabilities: ['research'], ...over });

function aDelegation(name: string, over: JsonObject = {}): HandoffAccepted {
  const read = readDelegation({
    task_id: 'task-1',
    goal: 'Find three suppliers.',
    success_criteria: [{ text: 'Three are named', check: 'count them' }],
    constraints: [],
    context: 'We need cups.',
    agent_target: { capability: 'research' },
    delegated_by: 'ana',
    ...over,
  });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return { ...anAccepted(name), kind: 'delegation', packet: read.value };
}

const boardWith = (...agents: readonly AgentStanding[]): Board => aBoard(aPolicy(), null, NOW, [], new Load(), new Agents(agents));
const goOn = (before: Board, ...agents: readonly AgentStanding[]): Board =>
  aBoard(aPolicy(), before, NOW, [], new Load(), new Agents(agents));

const lastOf = (board: Board, name = 'd'): HandoffRouted => {
  const last = board.find(anAccepted(name).handoff_id)?.routed;
  if (!last) throw new Error('Nothing was said.');
  return last;
};
const offerIn = ({ agent: turn }: HandoffRouted): OfferId => turn?.offer_id ?? newId<OfferId>();

function reply(event: HandoffReplied['event'], offer_id: OfferId, who = 'one'): HandoffReplied {
  const { tenant, handoff_id, task_id } = aDelegation('d');
  const said = { text: '', question_id: null, replied_at: at(1), agent_id: who as AgentId };
  return { tenant, handoff_id, task_id, sequence: 2, packet_version: 1, event, offer_id, ...said };
}

function lapse(clock: HandoffClock['clock'], { level, cycle, handoff_id, tenant }: HandoffRouted): HandoffClock {
  const due = { due_at: at(60), fired_at: at(60), share: null, result: null };
  return { tenant, handoff_id, sequence: 1, packet_version: 1, event: 'lapsed', clock, level: level.number, cycle, ...due };
}

function delivered(board: Board): HandoffAccepted {
  const first = aDelegation('d');
  const { agent: turn } = lastOf(board);
  const { delegation } = first.packet;
  if (!delegation || !turn) throw new Error('It is with nobody.');
  const work = { summary: 'done', output: null, criteria: [{ criterion_id: '1', met: true, evidence: ['a list'] }] };
  const packet = withDelivery(first.packet, delegation, { ...work, ...turn, delivered_at: at(30) });
  if (packet.kind === 'faults') throw new Error(JSON.stringify(packet.faults));
  return { ...first, event: 'delivered', sequence: turn.round + 1, packet_version: turn.round + 1, packet: packet.value };
}

function move(event: HandoffMove['event'], { level, cycle, handoff_id, tenant }: HandoffRouted): HandoffMove {
  const changes = [{ criterion_id: '1', text: 'One of them is closed.' }];
  const who = { moved_by: 'ana' as HandoffMove['moved_by'], channel: 'desk' as const, moved_at: at(40) };
  return { tenant, handoff_id, sequence: 1, packet_version: 2, event, level: level.number, cycle, note: null, changes, ...who };
}

function heldByOne(): Board {
  const board = boardWith(agent('one'), agent('two', { has: 1 }));
  accept(board, aDelegation('d'));
  applyReply(board, reply('accept', offerIn(lastOf(board))));
  return board;
}
const tellings = (board: Board) => board.told.map(({ event, agent_id }) => `${event} ${agent_id}`);

describe('a task that is given to an agent', () => {
  it('is offered to whoever can do it and has the least', () => {
    const board = boardWith(agent('busy', { has: 1 }), agent('free'), agent('other', { capabilities: ['code'] }));
    accept(board, aDelegation('d'));
    expect(lastOf(board)).toMatchObject({
      event: 'offered',
      agent: { agent_id: 'free', round: 1, of: 3 },
      asked: [],
      page: false,
      ack_by: at(60),
    });
    expect(board.told).toMatchObject([{ event: 'offered', agent_id: 'free', offer_id: offerIn(lastOf(board)), due_by: at(60) }]);
  });

  it('is offered to none that is older than it asks for, named or not', () => {
    const target = { agent_id: 'named', capability: 'research', min_version: '2.10' };
    const agents = [agent('named', { version: '2.9' }), agent('silent'), agent('new', { version: '2.10.1', has: 1 })];
    const board = boardWith(...agents);
    accept(board, aDelegation('d', { agent_target: target }));
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'new' } });
    const alone = boardWith(...agents.slice(0, 2));
    accept(alone, aDelegation('d', { agent_target: { capability: 'research', min_version: '2.10' } }));
    expect(lastOf(alone)).toMatchObject({ agent: null, why: expect.stringContaining('in version 2.10 or later') });
  });

  it('is not ended by whoever has it, that asks people in its place', () => {
    const board = boardWith(agent('one'));
    accept(board, aDelegation('d'));
    accept(board, anAccepted('new', { supersedes: idOf('d') }));
    expect(eventsOf(board, 'd').map(({ event }) => event)).toEqual(['offered']);
  });

  it('is offered in turn where several come at once, and to nobody beyond what each takes', () => {
    const board = boardWith(agent('one', { mostAtOnce: 1 }), agent('two', { mostAtOnce: 1 }));
    for (const name of ['a', 'b', 'c']) accept(board, { ...aDelegation(name), task_id: name as HandoffAccepted['task_id'] });
    expect(eventsOf(board).map(({ event, agent: turn }) => `${event} ${turn?.agent_id ?? ''}`)).toEqual([
      'offered one',
      'offered two',
      'asked ',
    ]);
  });

  it.each([
    ['silent', agent('one', { aliveUntil: NOW })],
    ['without a key', agent('one', { isRevoked: true })],
    ['full', agent('one', { has: 2 })],
  ])('goes to people where the only agent is %s', (_, only) => {
    const board = boardWith(only);
    accept(board, aDelegation('d'));
    expect(lastOf(board)).toMatchObject({ event: 'asked', asked: ['ana'], page: true, agent: null });
    expect(board.told).toEqual([]);
  });

  it('is offered to no agent that people have paused, and to the next one', () => {
    const paused = controlId(DEFAULT_TENANT, 'agent', 'one');
    const board = aBoard(aPolicy(), null, NOW, [], new Load(), new Agents([agent('one'), agent('two', { has: 1 })]), [paused]);
    accept(board, aDelegation('d'));
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' } });
  });

  it('is offered to the agent that it names, known or not', () => {
    const board = boardWith();
    accept(board, aDelegation('d', { agent_target: 'somebody' }));
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'somebody' } });
  });

  it('is the agent’s own once it has taken it, and the same word again changes nothing', () => {
    const board = heldByOne();
    const { agent: turn } = lastOf(board);
    expect(lastOf(board)).toMatchObject({ event: 'held', agent: { agent_id: 'one', lease_by: at(600) } });
    applyReply(board, reply('accept', offerIn(lastOf(board))));
    expect(lastOf(board).agent).toEqual(turn);
    expect(tellings(board)).toEqual(['offered one', 'confirmed one']);
  });

  it('passes on where the agent refuses, does not answer or is not heard of, and that agent is told so', () => {
    const refused = boardWith(agent('one'), agent('two', { has: 1 }));
    accept(refused, aDelegation('d'));
    applyReply(refused, reply('refuse', offerIn(lastOf(refused))));
    expect(lastOf(refused)).toMatchObject({ event: 'offered', cycle: 2, agent: { agent_id: 'two' }, before: [{ agent_id: 'one' }] });
    applyClock(refused, lapse('ack_by', lastOf(refused)));
    expect(lastOf(refused)).toMatchObject({ event: 'asked', cycle: 3, before: [{ agent_id: 'one' }, { agent_id: 'two' }] });

    const silent = heldByOne();
    applyClock(silent, lapse('lease_by', lastOf(silent)));
    expect(lastOf(silent)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' } });
    expect(tellings(silent)).toEqual(['offered one', 'confirmed one', 'lapsed one', 'offered two']);
  });

  it('never has two owners: an agent that takes an offer too late is told that it lapsed', () => {
    const board = boardWith(agent('one'), agent('two', { has: 1 }));
    accept(board, aDelegation('d'));
    const first = offerIn(lastOf(board));
    applyClock(board, lapse('ack_by', lastOf(board)));
    applyReply(board, reply('accept', first));
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' } });
    expect(tellings(board)).toEqual(['offered one', 'lapsed one', 'offered two', 'lapsed one']);
  });

  it('does not lapse by an offer’s clock once it is taken', () => {
    const board = heldByOne();
    applyClock(board, lapse('ack_by', lastOf(board)));
    expect(lastOf(board)).toMatchObject({ event: 'held', agent: { agent_id: 'one' } });
  });

  it('takes an answer that came before the task did', () => {
    const early = boardWith(agent('one'));
    accept(early, aDelegation('d'));
    const offer = offerIn(lastOf(early));
    const board = boardWith(agent('one'));
    applyReply(board, reply('accept', offer));
    accept(board, aDelegation('d'));
    expect(lastOf(board)).toMatchObject({ event: 'held', agent: { agent_id: 'one' } });
  });
});

describe('what an agent delivers', () => {
  it('is reviewed by whoever gave the task, with people’s windows from then on', () => {
    const board = heldByOne();
    accept(board, delivered(board));
    expect(lastOf(board)).toMatchObject({ event: 'asked', asked: ['ana'], given_to: ['ana'], agent: { agent_id: 'one' }, page: true });
  });

  it('goes back to the same agent with what is to change, while there are rounds left', () => {
    let board = heldByOne();
    for (const round of [2, 3]) {
      accept(board, delivered(board));
      applyMove(board, move('request_changes', lastOf(board)));
      expect(lastOf(board)).toMatchObject({ event: 'held', agent: { agent_id: 'one', round } });
      expect(board.told.at(-1)).toMatchObject({ event: 'changes_requested', asked_by: 'ana', changes: [{ criterion_id: '1' }] });
    }
    accept(board, delivered(board));
    board = goOn(board, agent('one'));
    applyMove(board, move('request_changes', lastOf(board)));
    expect(lastOf(board).event).toBe('asked');
  });

  it('stays under review, and ends, whatever its agent said before comes again', () => {
    const board = heldByOne();
    const taken = reply('accept', offerIn(lastOf(board)));
    accept(board, delivered(board));
    applyReply(board, taken);
    applyDecision(board, aDecision(aDelegation('d'), 'reject'));
    const before = tellings(board);
    applyReply(board, taken);
    expect(before.filter((it) => it.startsWith('lapsed'))).toEqual([]);
    expect(tellings(board)).toEqual(before);
  });

  it('counts for nothing where the task is another’s by now', () => {
    const board = heldByOne();
    const late = delivered(board);
    applyClock(board, lapse('lease_by', lastOf(board)));
    accept(board, late);
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' } });
  });
});

describe('the end of a task', () => {
  it.each<[HandoffDecision['type'], readonly string[]]>([
    ['reject', ['cancelled one']],
    ['take_over', ['cancelled one']],
  ])('by %s is told to the agent that is at it', (type, told) => {
    const board = heldByOne();
    applyDecision(board, aDecision(aDelegation('d'), type));
    expect(tellings(board).slice(2)).toEqual(told);
  });

  it('by approval says no more than the decision does', () => {
    const board = heldByOne();
    accept(board, delivered(board));
    applyDecision(board, aDecision(aDelegation('d'), 'approve'));
    expect(tellings(board).slice(2)).toEqual([]);
  });
});

describe('a task of which agents were told before the schema was restored', () => {
  /** The words of another board, as they are read from our own topics. */
  function relearned(from: Board): Board {
    const board = boardWith(agent('one'), agent('two'));
    const words: readonly HeldEvent[] = [
      ...from.said.map(({ routed: event }) => ({ kind: 'said' as const, ...whose(event), event })),
      ...from.told.map((event) => ({ kind: 'told' as const, ...whose(event), event })),
    ];
    for (const word of words) board.hold(word);
    accept(board, aDelegation('d'));
    return board;
  }
  const whose = ({ tenant, handoff_id: handoffId }: HandoffRouted | HandoffAssignment) => ({ tenant, handoffId });

  it('tells them nothing again of what is read again, an answer that comes late among it', () => {
    const before = heldByOne();
    const first = offerIn(lastOf(before));
    applyClock(before, lapse('lease_by', lastOf(before)));
    const board = relearned(before);
    applyReply(board, reply('accept', first));
    applyClock(board, lapse('lease_by', lastOf(heldByOne())));
    expect([board.said, board.told]).toEqual([[], []]);
    applyReply(board, reply('accept', offerIn(lastOf(board)), 'two'));
    expect(tellings(board)).toEqual(['confirmed two']);
  });

  it('gives to nobody what was cancelled, though the refusal is read before the decision', () => {
    const before = boardWith(agent('one'), agent('two'));
    accept(before, aDelegation('d'));
    const offer = offerIn(lastOf(before));
    applyDecision(before, aDecision(aDelegation('d'), 'reject'));
    const board = relearned(before);
    applyReply(board, reply('refuse', offer));
    applyDecision(board, aDecision(aDelegation('d'), 'reject'));
    expect([board.said, board.told]).toEqual([[], []]);
    expect(board.find(aDelegation('d').handoff_id)?.state).toBe('ended');
  });
});

describe('an escalation that is asked within a task', () => {
  const WITHIN = anAccepted('d').handoff_id;
  const asked = (name = 'e', over: Partial<HandoffAccepted> = {}): HandoffAccepted =>
    anAccepted(name, { task_id: 'task-2' }, { agent_id: 'one' as AgentId, within: WITHIN, ...over });
  const waiting = (): Board => {
    const board = heldByOne();
    accept(board, asked());
    return board;
  };

  it('is asked of people like any other, and the task’s lease begins once their time is over', () => {
    const board = waiting();
    expect(lastOf(board, 'e')).toMatchObject({ event: 'asked', asked: ['ana', 'ben'], decide_by: at(900) });
    expect(lastOf(board)).toMatchObject({ event: 'held', cycle: 2, agent: { agent_id: 'one', lease_by: at(900 + 600) } });
    expect(lastOf(board).why).toContain('waits for people');
    expect(tellings(board)).toEqual(['offered one', 'confirmed one']);
  });

  it('keeps the task with its agent for as long as people take', () => {
    const board = waiting();
    const { agent: turn } = lastOf(board);
    applyClock(board, lapse('lease_by', lastOf(board)));
    expect(lastOf(board)).toMatchObject({ event: 'held', cycle: 2, agent: turn });
  });

  it('keeps the task where a lapse that it outlived is read again before the escalation is, as after a restore', () => {
    const board = heldByOne();
    const task = board.find(WITHIN);
    const held = lastOf(board);
    if (!task || !held.agent) throw new Error('It is with nobody.');
    const longer = { ...held, sequence: held.sequence + 1, routed_at: at(61), agent: { ...held.agent, lease_by: at(1500) } };
    board.keep(recallSaid(task, longer) ?? task);
    applyClock(board, lapse('lease_by', held));
    expect(lastOf(board)).toEqual(longer);
    applyClock(board, { ...lapse('lease_by', held), due_at: at(1500), fired_at: at(1500) });
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' } });
  });

  it('gives the task back its lease with the answer, which then lapses as any', () => {
    const board = waiting();
    const before = lastOf(board);
    applyDecision(board, aDecision(asked(), 'approve'));
    expect(lastOf(board)).toMatchObject({ event: 'held', cycle: 3, agent: { agent_id: 'one', lease_by: at(600) } });
    applyClock(board, lapse('lease_by', before)); // of when it waited
    expect(lastOf(board)).toMatchObject({ event: 'held', agent: { agent_id: 'one' } });
    applyClock(board, lapse('lease_by', lastOf(board)));
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' } });
  });

  it.each<[string, (board: Board) => void]>([
    ['ends', (board) => applyDecision(board, aDecision(aDelegation('d'), 'take_over'))],
    ['is given back', (board) => applyReply(board, reply('refuse', offerIn(lastOf(board))))],
  ])('is withdrawn where the task %s', (_, act) => {
    const board = waiting();
    act(board);
    expect(lastOf(board, 'e')).toMatchObject({ event: 'end', end: { type: 'withdrawn', reason: expect.stringContaining(WITHIN) } });
    const before = eventsOf(board, 'd').length;
    applyDecision(board, aDecision(asked(), 'withdrawn'));
    expect(eventsOf(board, 'd')).toHaveLength(before);
  });

  it('is withdrawn at once where its agent has lost the task, and where the task is over', () => {
    const lost = heldByOne();
    applyClock(lost, lapse('lease_by', lastOf(lost)));
    accept(lost, asked());
    expect(lastOf(lost, 'e')).toMatchObject({ event: 'end', end: { type: 'withdrawn' } });
    const over = heldByOne();
    applyDecision(over, aDecision(aDelegation('d'), 'reject'));
    accept(over, asked());
    expect(lastOf(over, 'e')).toMatchObject({ event: 'end', end: { type: 'withdrawn' } });
  });

  it('holds the task though it came before the word that it is its agent’s', () => {
    const board = boardWith(agent('one'));
    accept(board, asked());
    accept(board, aDelegation('d'));
    applyReply(board, reply('accept', offerIn(lastOf(board))));
    expect(lastOf(board)).toMatchObject({ event: 'held', agent: { lease_by: at(900 + 600) } });
  });

  it('stays as it is while the delivery is reviewed, and holds the task again where that comes back', () => {
    const board = waiting();
    accept(board, delivered(board));
    applyDecision(board, aDecision(asked(), 'approve'));
    expect(lastOf(board)).toMatchObject({ event: 'asked' });
    accept(board, asked('f'));
    applyMove(board, move('request_changes', lastOf(board)));
    expect(lastOf(board)).toMatchObject({ event: 'held', agent: { round: 2, lease_by: at(900 + 600) } });
  });
});
