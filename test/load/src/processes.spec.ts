import { describe, expect, it } from '@jest/globals';
import { cpuSeconds, memory, parseStat } from './processes.js';

describe('what a process used', () => {
  it('is read behind a name that holds brackets and spaces', () => {
    expect(parseStat('42 (a (b) c) S 7 42 42 0 -1 4194304 1 2 3 4 150 50 30 20 20 0 1')).toMatchObject({
      pid: 42,
      parent: 7,
      seconds: 2,
      ofEnded: 0.5,
    });
  });

  it('is found for this very process', () => {
    const pids = { me: process.pid };
    expect(cpuSeconds(pids)['me']).toBeGreaterThan(0);
    expect(memory(pids)['me']).toBeGreaterThan(10);
  });
});
