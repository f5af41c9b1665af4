import { describe, expect, it } from '@jest/globals';
import { actWords, detailWords } from './act-words.js';

describe('an entry of the audit log', () => {
  it('is in words, or by its own name where this page is older than the act', () => {
    expect([actWords('seen'), actWords('teleport')]).toEqual(['had open', 'teleport']);
  });

  it('has its details on one line, without those that are not set', () => {
    expect(detailWords({ control: 'agent', until: null, packet_version: 2, to: { kind: 'team' } })).toBe(
      'control: agent · packet version: 2 · to: {"kind":"team"}',
    );
  });
});
