import { describe, expect, it } from '@jest/globals';
import type { HandoffDecision, HandoffFeedback, HandoffId } from '@handoff/contracts';
import { tellAnswer, type Answer, type Told } from './answer.js';
import { NO_PROGRESS } from './progress.js';

const fresh: Answer = {
  handoffId: 'h' as HandoffId,
  status: 'accepted',
  sequence: 1,
  actSequence: 0,
  progress: NO_PROGRESS,
  decision: null,
  feedbackRevision: 0,
  pending: [],
};
const decided = (packet_version = 1): Told => ({
  kind: 'decision',
  decision: { decision_id: 'd', type: 'approve', packet_version } as HandoffDecision,
});
const feedback = (revision: number): Told => ({ kind: 'feedback', feedback: { revision } as HandoffFeedback });
const desk = (version: number): Told => ({ kind: 'progress', change: (progress) => ({ ...progress, desk_version: version }) });
const routed: Told = {
  kind: 'progress',
  change: (progress) => ({ ...progress, routed: { sequence: 1, level: 1, cycle: 1, ref: { number: 1, name: 'l', of: 2 }, people: 2 } }),
};

describe('tellAnswer', () => {
  it('counts what an agent may see, and marks what it must act on', () => {
    expect(tellAnswer(fresh, routed)).toMatchObject({ answer: { status: 'routed', sequence: 2, actSequence: 0 }, act: false });
    expect(tellAnswer(fresh, decided())).toMatchObject({ answer: { status: 'decided', sequence: 2, actSequence: 2 }, act: true });
    expect(tellAnswer(fresh, desk(1))).toMatchObject({ answer: { sequence: 1 }, act: false });
  });

  it('hears the same thing once, and no second decision', () => {
    const next = tellAnswer(fresh, decided())?.answer ?? fresh;
    expect(tellAnswer(next, decided(2))).toBeNull();
    expect(tellAnswer(fresh, { kind: 'progress', change: (progress) => progress })).toBeNull();
  });

  it('takes a later feedback for an earlier one, and no other way round', () => {
    const second = tellAnswer(fresh, feedback(2))?.answer ?? fresh;
    expect(second.feedbackRevision).toBe(2);
    expect(tellAnswer(second, feedback(1))).toBeNull();
  });

  it('keeps feedback that comes before its decision, and wakes the agent with the decision alone', () => {
    const early = tellAnswer(fresh, feedback(1));
    expect(early).toMatchObject({ answer: { sequence: 2, actSequence: 0, feedbackRevision: 1 }, act: false });
    expect(tellAnswer(early?.answer ?? fresh, decided())).toMatchObject({ answer: { sequence: 3, actSequence: 3 }, act: true });
    const told = tellAnswer(fresh, decided())?.answer ?? fresh;
    expect(tellAnswer(told, feedback(1))).toMatchObject({ answer: { sequence: 3, actSequence: 3 }, act: true });
  });

  it('stays ended whatever comes after', () => {
    const next = tellAnswer(fresh, decided())?.answer ?? fresh;
    expect(tellAnswer(next, routed)).toMatchObject({ answer: { status: 'decided', sequence: 2 }, act: false });
  });

  it('settles requests by the desk and by the decision, whichever comes first', () => {
    const asking: Answer = { ...fresh, pending: [{ request_id: 'r', type: 'add_context', packet_version: 2 }] };
    expect(tellAnswer(asking, desk(2))).toMatchObject({
      settled: [{ state: 'applied' }],
      answer: { pending: [], actSequence: 2 },
      act: true,
    });
    expect(tellAnswer(asking, decided(1))).toMatchObject({ settled: [{ state: 'too_late' }] });
    expect(tellAnswer(asking, decided(2))).toMatchObject({ settled: [{ state: 'applied' }] });
  });
});
