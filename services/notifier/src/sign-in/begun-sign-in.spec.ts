import { describe, expect, it } from '@jest/globals';
import { handoffIn, readBegun, writeBegun, type BegunSignIn } from './begun-sign-in.js';

const begun: BegunSignIn = { state: 's', nonce: 'n', verifier: 'v', handoffId: null };
const id = '01a204f4-5d2e-7c11-8a64-0f3f5d9c2b11';

describe('a sign-in that was begun', () => {
  it('comes back as it was written', () => {
    const to = { ...begun, handoffId: handoffIn(id) };
    expect(readBegun(writeBegun(to))).toEqual(to);
  });

  it.each([undefined, '', 'nonsense', Buffer.from('{"state":"s"}').toString('base64url')])('is not known from %p', (cookie) => {
    expect(readBegun(cookie)).toBeNull();
  });

  it('leads to a handoff and nowhere else', () => {
    expect(handoffIn(id)).toBe(id);
    for (const elsewhere of ['//evil.example', 'https://evil.example', `${id}/..`, ['x'], undefined])
      expect(handoffIn(elsewhere)).toBeNull();
  });
});
