import { describe, expect, it } from '@jest/globals';
import { describeChange } from './describe-change.js';

describe('describeChange', () => {
  it('says what came, what went and what is left', () => {
    expect(describeChange(['a'], ['a', 'b'])).toBe('1 new handoff. 2 wait for you.');
    expect(describeChange(['a', 'b'], ['b'])).toBe('1 no longer waiting. 1 waits for you.');
    expect(describeChange(['a'], [])).toBe('1 no longer waiting. Nothing waits for you.');
    expect(describeChange(['a'], ['b', 'c'])).toBe('2 new handoffs, 1 no longer waiting. 2 wait for you.');
  });

  it('is silent when only the order changed', () => {
    expect(describeChange(['a', 'b'], ['b', 'a'])).toBeNull();
  });
});
