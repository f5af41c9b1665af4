import { describe, expect, it } from '@jest/globals';
import { aDecision, anAcceptedHandoff } from '@handoff/testing';
import type { Answer } from './answer.js';
import { isSameAnswer } from './is-same-answer.js';

const handoff = anAcceptedHandoff();
const answer = (over: Partial<Answer>): Answer => ({ packet_version: 1, type: 'approve', ...over });

describe('the same answer again', () => {
  it('is one of the same type', () => {
    expect(isSameAnswer(aDecision(handoff), answer({}))).toBe(true);
    expect(isSameAnswer(aDecision(handoff), answer({ type: 'reject' }))).toBe(false);
  });

  it('has the same arguments, in whatever order the database gives them back', () => {
    const action = { kind: 'tool_call', name: 'refund_order', args: { amount: 5, order_id: '4711' } } as const;
    const decision = aDecision(handoff, { type: 'edit', action });
    expect(isSameAnswer(decision, answer({ type: 'edit', args: { order_id: '4711', amount: 5 } }))).toBe(true);
    expect(isSameAnswer(decision, answer({ type: 'edit', args: { order_id: '4711', amount: 6 } }))).toBe(false);
  });

  it('has the same words: others were not recorded, and nobody may think that they were', () => {
    const decision = aDecision(handoff, { type: 'respond', action: null, message: 'Ask for a photo.' });
    expect(isSameAnswer(decision, answer({ type: 'respond', message: ' Ask for a photo. ' }))).toBe(true);
    expect(isSameAnswer(decision, answer({ type: 'respond', message: 'Pay at once.' }))).toBe(false);
  });
});
