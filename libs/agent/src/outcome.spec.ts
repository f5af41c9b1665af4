import { actionDigest, type Action, type HandoffDecision } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import type { Answer } from './answer.js';
import { outcomeOf } from './outcome.js';

const REFUND: Action = { kind: 'tool_call', name: 'refund', args: { order: '881', token: 'sk-live-1' } };
const MASKED = { ...REFUND, args: { ...REFUND.args, token: '[masked]' } };
const decision = { task_id: 'a', handoff_id: 'b', decision_id: 'c', action_digest: actionDigest(MASKED) } as HandoffDecision; // what is read of it
const edited: Answer = { kind: 'approved', isEdited: true, action: REFUND, decision };

describe('how a task ended', () => {
  it('names what was approved where exactly that was carried out, with secrets that no topic has', () => {
    expect(outcomeOf(edited, 'succeeded')).toEqual({
      ...{ task_id: 'a', handoff_id: 'b', decision_id: 'c', result: 'succeeded' },
      executed_digest: decision.action_digest,
    });
  });

  it('names what was carried out where it was something else', () => {
    const other = { ...REFUND, args: { order: '882' } };
    expect(outcomeOf(edited, 'failed', other)).toMatchObject({ executed_digest: actionDigest(other) });
  });

  it('names nothing where nothing was approved', () => {
    expect(outcomeOf({ kind: 'taken_over', message: '', decision }, 'succeeded')).not.toHaveProperty('executed_digest');
  });
});
