import { DEFAULT_TENANT, fault, type HandoffRejected } from '@handoff/contracts';
import { describe, expect, it } from '@jest/globals';
import { isOfSentOff, refusalOf } from './refusal.js';

const rejected = (topic: string, over: Partial<HandoffRejected> = {}): HandoffRejected => ({
  ...{ tenant: DEFAULT_TENANT, rejection_id: 'r', task_id: null, agent_id: 'me', rejected_at: '2026-03-01T12:00:00Z' },
  record: { topic, partition: 0, offset: '7' },
  errors: [fault('', 'already_ended', 'Over.')],
  ...over,
});

describe('what Handoff refuses', () => {
  it.each([
    ['a reply of this agent', rejected('handoff.replies'), true],
    ['an outcome of this agent', rejected('handoff.outcomes'), true],
    ['a reply of another agent', rejected('handoff.replies', { agent_id: 'cups' }), false],
    ['what a call waits for', rejected('handoff.escalations'), false],
  ])('is told by itself where no call waits for it: %s', (_, it, isTold) => {
    expect(isOfSentOff(it, 'me')).toBe(isTold);
  });

  it('says what is wrong, or how long to wait where nothing is', () => {
    expect(refusalOf(rejected('handoff.replies'))).toMatchObject({ code: 'REFUSED', reason: 'already_ended', message: 'Over.' });
    expect(refusalOf(rejected('handoff.escalations', { retry_after: 5 }))).toMatchObject({ code: 'BUSY', retryAfter: 5 });
  });
});
