import { describe, expect, it } from '@jest/globals';
import { aDecision, anAcceptedHandoff } from '@handoff/testing';
import { changedFields } from './changed-fields.js';
import { tooLateText } from './too-late.js';

const handoff = anAcceptedHandoff();

describe('a late answer', () => {
  it('hears who was first, what they did and when', () => {
    const decision = aDecision(handoff, { type: 'edit', decided_at: '2026-03-01T10:20:30.400Z' });
    expect(tooLateText(decision)).toBe('ana approved this with edits on 2026-03-01 10:20:30 UTC. Your answer was not recorded.');
  });

  it('hears how it ended where nobody decided', () => {
    const decision = aDecision(handoff, {
      type: 'withdrawn',
      decided_by: [],
      message: 'The customer called off',
      decided_at: '2026-03-01T10:20:30.400Z',
    });
    expect(tooLateText(decision)).toContain('ended as withdrawn on 2026-03-01 10:20:30 UTC: The customer called off.');
  });

  it('hears which fields have changed since it was written', () => {
    const after = { ...handoff.packet, urgency: 'high' as const, attempts: [{ action: 'called' }] };
    expect(changedFields(handoff.packet, after).toSorted()).toEqual(['attempts', 'urgency']);
    expect(changedFields(handoff.packet, { ...handoff.packet })).toEqual([]);
  });
});
