import { newId, type HandoffId } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { stageOf } from './stage-of.js';

const agent = { agent_id: 'finder', round: 1, of: 3 };
const question = { question_id: 'q', asked_by: 'finder', text: 'Which?' };
const held = { state: 'with_agent', asks: [], waits_for: [], agent, turn: 'held' } as const;

describe('a task that was given to an agent', () => {
  it('is offered, worked on, and worked on again', () => {
    expect(stageOf({ ...held, turn: 'offered' })).toBe('offered');
    expect(stageOf(held)).toBe('working');
    expect(stageOf({ ...held, agent: { ...agent, round: 2 } })).toBe('sent_back');
  });

  it('waits for people where it asks, has escalated or delivered, or nobody took it', () => {
    expect(stageOf({ ...held, asks: [question] })).toBe('asks');
    expect(stageOf({ ...held, waits_for: [newId<HandoffId>()] })).toBe('escalated');
    expect(stageOf({ ...held, state: 'open', turn: 'asked' })).toBe('delivered');
    expect(stageOf({ ...held, state: 'open', turn: 'asked', agent: null })).toBe('nobody');
  });
});
