import { describe, expect, it } from '@jest/globals';
import { actionDigest, type Action, type HandoffDecision, type JsonObject } from '@handoff/contracts';
import { answerOf } from './answer.js';
import { NOTHING_YET } from './kafka/heard.js';
import type { HandoffState } from './transport.js';

const REFUND: Action = { kind: 'tool_call', name: 'refund', args: { order: '881', amount: 89, token: 'sk-live-1' } };
const MASKED: Action = { ...REFUND, args: { ...REFUND.args, token: '[masked]' } };
const SENT: JsonObject = {
  task_id: 'refund-881',
  original_request: 'Refund order 881',
  steps_completed: [],
  current_state: 'nothing is paid back yet',
  reason_for_escalation: 'above my limit',
  recommended_action: { ...REFUND },
  urgency: 'high',
  data_links: [],
};
const HANDOFF = { handoff_id: 'a', task_id: 'refund-881' } as Pick<HandoffState, 'handoff_id' | 'task_id'>;
const state: HandoffState = { ...NOTHING_YET, ...HANDOFF, packet_version: 1 };

const decided = (over: Partial<HandoffDecision> = {}): HandoffDecision =>
  ({
    ...{ ...HANDOFF, type: 'approve', packet_version: 1, message: null, unchanged: ['/action/args/token'], resume: null },
    ...{ action: MASKED, action_digest: actionDigest(REFUND) },
    ...over,
  }) as HandoffDecision;

describe('the answer as an agent may act on it', () => {
  it('has the secrets that were masked on the way, and is what was asked for', () => {
    expect(answerOf(state, decided(), SENT)).toMatchObject({ kind: 'approved', action: REFUND, isEdited: false });
  });

  it('is carried out as a person has edited it, with the secrets that they left alone', () => {
    const edited = { ...MASKED, args: { ...MASKED.args, amount: 50 } };
    const answer = answerOf(state, decided({ type: 'edit', action: edited, action_digest: actionDigest(edited) }), SENT);
    expect(answer).toMatchObject({ kind: 'approved', isEdited: true, action: { args: { amount: 50, token: 'sk-live-1' } } });
  });

  it('is outdated where the agent has added something since', () => {
    expect(answerOf({ ...state, packet_version: 2 }, decided(), SENT)).toMatchObject({ kind: 'outdated', why: 'packet_version' });
  });

  it.each([
    ['the agent would do something else by now', sentOtherwise(), {}],
    ['its secrets cannot be put back', null, {}],
    ['its action is not the one that was digested', SENT, { action: { ...MASKED, name: 'pay' } }],
    ['there is nothing to do', SENT, { action: null }],
  ])('is outdated where %s', (_, sent, over) => {
    expect(answerOf(state, decided(over), sent)).toMatchObject({ kind: 'outdated', why: 'action_digest' });
  });

  it.each([
    ['reject', 'rejected'],
    ['rejected_by_policy', 'rejected'],
    ['respond', 'responded'],
    ['take_over', 'taken_over'],
    ['withdrawn', 'ended'],
    ['duplicate', 'ended'],
  ] as const)('is a result like any other: %s is %s', (type, kind) => {
    expect(answerOf(state, decided({ type, action: null, action_digest: null, message: 'No.' }), SENT)).toMatchObject({
      kind,
      message: 'No.',
    });
  });
});

function sentOtherwise(): JsonObject {
  return { ...SENT, recommended_action: { ...REFUND, args: { ...REFUND.args, amount: 90 } } };
}
