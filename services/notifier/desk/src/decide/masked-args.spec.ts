import { describe, expect, it } from '@jest/globals';
import { maskedArgs } from './masked-args.js';

describe('maskedArgs', () => {
  it('are those of the arguments, by the paths that faults have', () => {
    const pointers = [
      '/recommended_action/args/to/iban',
      '/recommended_action/args/a~1b~0c',
      '/current_state/text',
      '/recommended_action/args',
    ];
    expect([...maskedArgs(pointers)]).toEqual(['to.iban', 'a/b~c']);
  });
});
