import { describe, expect, it } from '@jest/globals';
import { fault } from '@handoff/contracts';
import { boundFaults } from './bound-faults.js';

const faults = Array.from({ length: 10 }, (_, i) => fault(`steps_completed[${i}].action`, 'missing', 'It is missing.'));

describe('boundFaults', () => {
  it('lists all of them where they fit', () => {
    expect(boundFaults(faults)).toBe(faults);
  });

  it('says how many more there are where they do not', () => {
    const bound = boundFaults(faults, 300);
    expect(bound.length).toBeLessThan(faults.length);
    expect(bound.at(-1)?.message).toContain(`${faults.length - bound.length + 1} more`);
  });
});
