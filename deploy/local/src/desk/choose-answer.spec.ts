import { describe, expect, it } from '@jest/globals';
import { DECISION_TYPES, type DecisionType } from '@handoff/contracts';
import { chooseAnswer, type Question } from './choose-answer.js';

const call = { kind: 'tool_call', name: 'refund', args: { order: { id: 'W1', note: 'cracked tank' }, amount: 40 } };
const question: Question = { allowed: DECISION_TYPES, action: call, hasArgsSchema: false };

describe('the answers of a run', () => {
  it('are of every type in turn', () => {
    const given: DecisionType[] = [];
    for (const _ of DECISION_TYPES) given.push(chooseAnswer(given, question).type);
    expect(given).toEqual([...DECISION_TYPES]);
  });

  it('edit one text and keep every type and every other value', () => {
    expect(chooseAnswer(['approve'], question).args).toEqual({ order: { id: 'W1', note: 'cracked tank (checked)' }, amount: 40 });
  });

  it.each([
    ['a text', { ...question, action: { kind: 'text', name: 'respond', args: {} } }],
    ['arguments without any text', { ...question, action: { ...call, args: { amount: 40 } } }],
    ['arguments that a schema holds', { ...question, hasArgsSchema: true }],
  ])('do not edit %s', (_, asked) => {
    expect(chooseAnswer(['approve'], asked).type).toBe('reject');
  });

  it('are only those that the handoff allows', () => {
    expect(chooseAnswer([], { ...question, allowed: ['respond'] })).toMatchObject({ type: 'respond', asking_was: 'necessary' });
  });
});
