import { describe, expect, it } from '@jest/globals';
import type { HandoffMove } from '@handoff/contracts';
import { describeMove } from './describe-move.js';

const move = (event: string, changes: object = {}) => describeMove({ event, ...changes } as unknown as HandoffMove); // what is read

describe('describeMove', () => {
  it('says what came of it, not only what was pressed', () => {
    expect(move('reassign', { to: { kind: 'team', id: 'leads' } })).toBe('handed it over to leads');
    expect(move('vote', { vote: { type: 'approve', agreeing: 2, needed: 3 } })).toBe('answered “Approve”, 2 of 3 needed');
    expect(move('set_urgency', { desk: { urgency: 'high' } })).toBe('set the urgency to high');
    expect(move('rate', { asking_was: 'late' })).toBe('rated: it should have asked earlier');
  });

  it('has words for a fact that an older release left out', () => {
    expect(move('defer')).toBe('put it off');
    expect(move('set_urgency')).toBe('set the urgency to another one');
  });
});
