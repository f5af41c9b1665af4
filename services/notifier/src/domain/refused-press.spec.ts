import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT, type PersonId } from '@handoff/contracts';
import { refusedPress, type PressedToken } from './refused-press.js';

const ana = { tenant: DEFAULT_TENANT, subject: 'ana' as PersonId };
const token: PressedToken = { ...ana, channel: 'slack', is_used: false, has_expired: false };

describe('a press', () => {
  it('is taken from the token’s own person, on its own channel', () => {
    expect(refusedPress(token, 'slack', ana)).toBeNull();
    expect(refusedPress({ ...token, channel: 'ntfy' }, 'ntfy', 'bearer')).toBeNull();
  });

  it('is refused from anybody else, and from an account that nobody has linked', () => {
    expect(refusedPress(token, 'slack', { ...ana, subject: 'ben' as PersonId })).toBe('not_yours');
    expect(refusedPress(token, 'slack', { ...ana, tenant: 'other' as typeof DEFAULT_TENANT })).toBe('not_yours');
    expect(refusedPress(token, 'slack', null)).toBe('not_linked');
  });

  it('is refused on a channel that verifies less than the token’s own', () => {
    expect(refusedPress(token, 'ntfy', 'bearer')).toBe('unknown');
    expect(refusedPress(null, 'slack', ana)).toBe('unknown');
  });

  it('is refused once it was taken, or too late', () => {
    expect(refusedPress({ ...token, is_used: true }, 'slack', ana)).toBe('used');
    expect(refusedPress({ ...token, has_expired: true }, 'slack', ana)).toBe('expired');
  });
});
