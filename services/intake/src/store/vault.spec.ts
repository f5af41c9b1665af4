import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Vault } from './vault.js';

const [older, newer] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
const vault = (DATA_KEY: string, DATA_KEYS_BEFORE = ''): Vault => new Vault({ DATA_KEY, DATA_KEYS_BEFORE });
const bytes = Buffer.from('what the agent sent');

describe('Vault', () => {
  it('gives back what it was given, and shows none of it', () => {
    const sealed = vault(newer).seal(bytes, 'packet 1');
    expect(sealed.includes('agent')).toBe(false);
    expect(vault(newer).open(sealed, 'packet 1')).toEqual(bytes);
    expect(vault(newer).seal(bytes, 'packet 1')).not.toEqual(sealed);
  });

  it('opens nothing that was changed or belongs to another row', () => {
    const sealed = vault(newer).seal(bytes, 'packet 1');
    expect(() => vault(newer).open(sealed, 'packet 2')).toThrow();
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => vault(newer).open(sealed, 'packet 1')).toThrow();
  });

  it('reads with an earlier key and says which one is missing', () => {
    const sealed = vault(older).seal(bytes, 'packet 1');
    expect(vault(newer, older).open(sealed, 'packet 1')).toEqual(bytes);
    expect(() => vault(newer).open(sealed, 'packet 1')).toThrow(/packet 1 was encrypted with key \d+, .* DATA_KEYS_BEFORE/);
  });

  it('does not start with two keys of one id', () => {
    expect(() => vault(newer, newer)).toThrow(/DATA_KEY/);
    expect(randomBytes(32).toString('base64')).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });
});
