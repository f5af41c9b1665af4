import { describe, expect, it } from '@jest/globals';
import { readCommand } from './read-command.js';

describe('readCommand', () => {
  it('reads a verb, an agent and the options in any order', () => {
    expect(readCommand(['add', 'a'])).toEqual({ verb: 'add', agentId: 'a', tenant: 'default', json: false });
    expect(readCommand(['--json', 'revoke', '--tenant', 't', 'a'])).toEqual({ verb: 'revoke', agentId: 'a', tenant: 't', json: true });
  });

  it.each([
    [[]],
    [['add']],
    [['remove', 'a']],
    [['add', 'a', 'b']],
    [['add', 'a', '--tenant']],
    [['add', '--help']],
    [['add', 'x'.repeat(257)]],
  ])('is none in %j', (words) => {
    expect(readCommand(words)).toBeNull();
  });
});
