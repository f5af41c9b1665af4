import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readSignInToken } from './sign-in-token.js';

const SECRET = 'a secret that is long enough for signing';
const NOW = 1_800_000_000;
const signed = (claims: unknown, secret = SECRET): string => {
  const content = Buffer.from(typeof claims === 'string' ? claims : JSON.stringify(claims)).toString('base64url');
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
};

describe('a sign-in link', () => {
  it('is for the person that it names, until it expires', () => {
    expect(readSignInToken(signed({ sub: 'ana', exp: NOW + 1 }), SECRET, NOW)).toBe('ana');
    expect(readSignInToken(signed({ sub: 'ana', exp: NOW }), SECRET, NOW)).toBeNull();
  });

  it.each([
    ['signed with another secret', signed({ sub: 'ana', exp: NOW + 1 }, 'another')],
    ['not signed', Buffer.from(JSON.stringify({ sub: 'ana', exp: NOW + 1 })).toString('base64url')],
    ['with more parts', `${signed({ sub: 'ana', exp: NOW + 1 })}.x`],
    ['of no JSON', signed('nonsense')],
    ['for nobody', signed({ exp: NOW + 1 })],
    ['without an end', signed({ sub: 'ana' })],
    ['empty', ''],
  ])('is refused where it is %s', (_, token) => {
    expect(readSignInToken(token, SECRET, NOW)).toBeNull();
  });
});
