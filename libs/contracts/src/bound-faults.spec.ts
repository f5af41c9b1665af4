import { describe, expect, it } from '@jest/globals';
import { fault } from './errors.js';
import { boundFaults } from './bound-faults.js';

const faults = Array.from({ length: 10 }, (_, i) => fault(`steps_completed[${i}].action`, 'missing', 'It is missing.'));

describe('boundFaults', () => {
  it('lists all of them where they fit', () => {
    expect(boundFaults(faults)).toEqual(faults);
  });

  it('says how many more there are where they do not', () => {
    const bound = boundFaults(faults, 300);
    expect(bound.length).toBeLessThan(faults.length);
    expect(bound.at(-1)?.message).toContain(`${faults.length - bound.length + 1} more`);
  });

  it('repeats no secret, although faults quote what was sent', () => {
    const quoting = [fault('extra.sk_live_a1B2c3D4e5F6g7H8', 'not_allowed_value', 'urgency is "4111 1111 1111 1111".')];
    expect(boundFaults(quoting)).toEqual([fault('extra.[masked]', 'not_allowed_value', 'urgency is "[masked]".')]);
  });
});
