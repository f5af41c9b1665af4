import { describe, expect, it } from '@jest/globals';
import type { HandoffId } from '@handoff/contracts';
import { readBatch } from '../api/send-answer.js';
import { describeRecorded } from './notify-decided.js';

describe('what is said of an answer', () => {
  it('tells a vote from a decision', () => {
    expect(describeRecorded({ kind: 'voted', agreeing: 1, needed: 2 })).toBe('Your answer is recorded: 1 of 2 agree so far.');
  });

  it('says of several which were not taken, and why', () => {
    const results = [201, 202, 409].map((status) => ({ handoff_id: `${status}` as HandoffId, status, detail: `${status}.` }));
    expect(describeRecorded(readBatch({ results }))).toBe('2 answers are recorded. 1 not: 409.');
  });
});
