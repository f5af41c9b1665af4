import { describe, expect, it } from '@jest/globals';
import { newId, type AgentId, type HandoffId } from '@handoff/contracts';
import { holderOf, type HandsOfHandoff } from './holder-of.js';

const given = (by: string, hand: string | null, over: Partial<HandsOfHandoff> = {}): HandsOfHandoff => ({
  ...{ handoff_id: newId<HandoffId>(), kind: 'transfer', agent_id: by as AgentId, ended_at: null, ended_as: null },
  hands: hand === null ? [] : [{ agent_id: hand as AgentId, state: 'confirmed', due_by: null }],
  ...over,
});
const DELEGATED = given('unknown', 'a', { kind: 'delegation' });
const ENDED = '2026-03-01T12:00:00.000Z';

describe('a task is with', () => {
  it.each<[string, readonly HandsOfHandoff[], string | undefined]>([
    ['whoever a person gave it to', [DELEGATED], 'a'],
    ['whoever took it last', [DELEGATED, given('a', 'b'), given('b', 'c', { ended_at: ENDED, ended_as: 'taken' })], 'c'],
    ['its sender while nobody has taken it', [DELEGATED, given('a', 'b'), given('b', null)], 'b'],
    ['its sender once it came back', [given('a', null, { ended_at: ENDED, ended_as: 'returned' })], 'a'],
    ['people who took it over', [given('a', null, { ended_at: ENDED, ended_as: 'take_over' })], undefined],
    ['nobody once what was given is over', [{ ...DELEGATED, ended_at: ENDED }, given('a', 'b')], undefined],
    ['nobody that is asked', [given('a', null, { kind: 'escalation' })], undefined],
  ])('%s', (_, handoffs, agent) => {
    expect(holderOf(handoffs)?.agent_id).toBe(agent);
  });
});
