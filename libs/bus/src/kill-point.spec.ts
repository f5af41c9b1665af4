import { describe, expect, it } from '@jest/globals';
import { killPoint, readKillAt } from './kill-point.js';

describe('a kill point', () => {
  it('does nothing where nobody has armed it', () => {
    expect(readKillAt(undefined)).toBeNull();
    expect(() => killPoint('before_commit')).not.toThrow();
  });

  it('is armed by name, for one of its passings', () => {
    expect(readKillAt('after_send:3')).toEqual({ point: 'after_send', passes: 3 });
    expect(readKillAt('before_offset')).toEqual({ point: 'before_offset', passes: 1 });
  });

  it.each(['after_sent:3', 'after_send:0', 'after_send:x'])('that is not one stops the start: %s', (setting) => {
    expect(() => readKillAt(setting)).toThrow(`FAULT_KILL_AT is "${setting}"`);
  });
});
