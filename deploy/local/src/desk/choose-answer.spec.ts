import { describe, expect, it } from '@jest/globals';
import { DECISION_TYPES } from '@handoff/contracts';
import { chooseAnswer, type Question } from './choose-answer.js';

const call = { kind: 'tool_call', name: 'refund', args: { order: { id: 'W1', note: 'cracked tank' }, amount: 40 } };
const question: Question = { allowed: DECISION_TYPES, action: call, hasArgsSchema: false };

describe('the answers of a run', () => {
  it('are of every type in turn', () => {
    expect([0, 1, 2, 3, 4].map((turn) => chooseAnswer(turn, question).type)).toEqual([...DECISION_TYPES]);
  });

  it('edit one text and keep every type and every other value', () => {
    expect(chooseAnswer(1, question).args).toEqual({ order: { id: 'W1', note: 'cracked tank (checked)' }, amount: 40 });
  });

  it.each([
    ['a text', { ...question, action: { kind: 'text', name: 'respond', args: {} } }],
    ['arguments without any text', { ...question, action: { ...call, args: { amount: 40 } } }],
    ['arguments that a schema holds', { ...question, hasArgsSchema: true }],
  ])('do not edit %s', (_, asked) => {
    expect(chooseAnswer(1, asked).type).toBe('reject');
  });

  it('are only those that the handoff allows', () => {
    expect(chooseAnswer(0, { ...question, allowed: ['respond'] })).toMatchObject({ type: 'respond', asking_was: 'necessary' });
  });
});
