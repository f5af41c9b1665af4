import { describe, expect, it } from '@jest/globals';
import {
  newId,
  readTransfer,
  type AgentId,
  type HandoffAccepted,
  type HandoffClock,
  type HandoffReplied,
  type HandoffRouted,
  type JsonObject,
  type OfferId,
} from '@handoff/contracts';
import { accept } from '../accept.js';
import { applyClock } from '../apply-clock.js';
import { applyDecision } from '../apply-decision.js';
import type { Board } from '../board.js';
import { aBoard, aDecision, anAccepted, anAgent, aPolicy, at, NOW } from '../builders.for-spec.js';
import { Load } from '../load.js';
import type { Policy } from '../policy.js';
import { Agents, type AgentStanding } from './agents.js';
import { applyReply } from './apply-reply.js';

const agent = (agentId: string, over: Partial<AgentStanding> = {}): AgentStanding => anAgent(agentId, { capabilities: ['pay'], ...over });

function aTransfer(over: JsonObject = {}, hands: readonly string[] = ['refunds']): HandoffAccepted {
  const read = readTransfer({
    ...{ task_id: 'task-1', from: 'refunds', to: { capability: 'pay' }, goal: 'Refund order 4711.', results: [] },
    ...{ accumulated_state: { schema_id: 'acme/refund/1', value: {} }, remaining: ['pay'], decisions: [], provenance: [], constraints: [] },
    ...over,
  });
  if (read.kind === 'faults') throw new Error(JSON.stringify(read.faults));
  return { ...anAccepted('t'), kind: 'transfer', packet: read.value, hands: hands as readonly AgentId[] };
}

function boardWith(agents: readonly AgentStanding[], over: JsonObject = {}, hands?: readonly string[], policy: Policy = aPolicy()): Board {
  const board = aBoard(policy, null, NOW, [], new Load(), new Agents(agents));
  accept(board, aTransfer(over, hands));
  return board;
}

const lastOf = (board: Board): HandoffRouted => {
  const last = board.find(anAccepted('t').handoff_id)?.routed;
  if (!last) throw new Error('Nothing was said.');
  return last;
};

function reply(event: HandoffReplied['event'], board: Board, offerId?: OfferId): HandoffReplied {
  const { tenant, handoff_id, task_id } = aTransfer();
  const { agent: turn } = lastOf(board);
  const who = { agent_id: turn?.agent_id ?? ('nobody' as AgentId), offer_id: offerId ?? turn?.offer_id ?? newId<OfferId>() };
  return { tenant, handoff_id, task_id, sequence: 2, packet_version: 1, event, ...who, text: '', question_id: null, replied_at: at(1) };
}

function lapse({ level, cycle, handoff_id, tenant }: HandoffRouted): HandoffClock {
  const due = { due_at: at(60), fired_at: at(60), share: null, result: null };
  return { tenant, handoff_id, sequence: 1, packet_version: 1, event: 'lapsed', clock: 'ack_by', level: level.number, cycle, ...due };
}

const taken = (takenBy: string) => ({ ...aDecision(aTransfer(), 'taken'), taken_by: takenBy as AgentId });
const tellings = (board: Board) => board.told.map(({ event, agent_id }) => `${event} ${agent_id}`);
const ASKS_PEOPLE = aPolicy(['support'], {
  rules: [{ id: 'default', match: {}, if_not_taken: 'ask_people', levels: [{ name: 'support', target: { team: 'support' } }] }],
});

describe('a task that an agent passes on', () => {
  it('is offered, as a transfer, until the instant that its sender names', () => {
    const board = boardWith([agent('payer')], { ack_by: at(20) });
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'payer' }, ack_by: at(20), page: false });
    expect(board.told).toMatchObject([{ event: 'offered', kind: 'transfer', due_by: at(20) }]);
  });

  it('has as long as any offer where that instant is over', () => {
    expect(lastOf(boardWith([agent('payer')], { ack_by: at(-5) })).ack_by).toBe(at(60));
  });

  it('is offered to none that had it before, nor to one that does not read its state', () => {
    const agents = [agent('first'), agent('old', { schemas: ['acme/refund/0'] }), agent('payer', { has: 1, schemas: ['acme/refund/1'] })];
    expect(lastOf(boardWith(agents, {}, ['first', 'refunds'])).agent).toMatchObject({ agent_id: 'payer' });
  });

  it('is not offered to the one that it names where that one does not read its state', () => {
    const named = { to: { agent_id: 'old', capability: 'pay' } };
    const board = boardWith([agent('old', { schemas: ['acme/refund/0'] }), agent('payer')], named);
    expect(lastOf(board).agent).toMatchObject({ agent_id: 'payer' });
  });

  it('is its own once the end was recorded, and not before', () => {
    const board = boardWith([agent('payer')]);
    applyReply(board, reply('accept', board));
    expect(lastOf(board)).toMatchObject({ event: 'end', end: { type: 'taken' }, agent: { agent_id: 'payer' } });
    expect(tellings(board)).toEqual(['offered payer']);
    applyReply(board, reply('accept', board)); // said again: nothing lapses
    applyDecision(board, taken('payer'));
    applyReply(board, reply('accept', board));
    expect(tellings(board)).toEqual(['offered payer', 'confirmed payer']);
  });

  it('is cancelled for an agent that has said yes where a person was first', () => {
    const board = boardWith([agent('payer')]);
    applyReply(board, reply('accept', board));
    applyDecision(board, aDecision(aTransfer(), 'take_over'));
    expect(tellings(board)).toEqual(['offered payer', 'cancelled payer']);
  });

  it('goes to the next capable agent where one refuses or does not answer, and then back to its sender', () => {
    const board = boardWith([agent('one'), agent('two', { has: 1 })], { ack_by: at(20) });
    applyReply(board, reply('refuse', board));
    expect(lastOf(board)).toMatchObject({ event: 'offered', agent: { agent_id: 'two' }, ack_by: at(60), before: [{ agent_id: 'one' }] });
    applyClock(board, lapse(lastOf(board)));
    expect(lastOf(board)).toMatchObject({
      event: 'end',
      agent: null,
      end: { type: 'returned', reason: 'one, two did not keep it and nobody else can take it.' },
    });
    applyDecision(board, aDecision(aTransfer(), 'returned'));
    expect(tellings(board)).toEqual(['offered one', 'lapsed one', 'offered two', 'lapsed two']);
  });

  it('comes back with the first word where nobody is there for it', () => {
    const board = boardWith([]);
    expect(board.said).toHaveLength(1);
    expect(lastOf(board)).toMatchObject({ event: 'end', end: { type: 'returned', reason: 'No agent that can do "pay" is there for it.' } });
  });

  it('goes to people where its rule says so', () => {
    expect(lastOf(boardWith([], {}, ['refunds'], ASKS_PEOPLE))).toMatchObject({ event: 'asked', asked: ['ana', 'ben'], page: true });
  });

  it('refused too late, after another word was the end, changes nothing', () => {
    const board = boardWith([agent('payer')]);
    applyReply(board, reply('accept', board));
    applyReply(board, reply('refuse', board));
    expect(lastOf(board)).toMatchObject({ event: 'end', end: { type: 'taken' } });
  });
});
