import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TENANT } from './ids.js';
import { OPERATOR, readServiceToken, signServiceToken } from './service-token.js';

const SECRET = 'a secret of at least 32 characters';
const claims = { subject: 'ana', roles: [OPERATOR], tenant: DEFAULT_TENANT, audience: 'routing' };
const now = new Date('2026-11-22T10:00:00Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const token = signServiceToken(claims, SECRET, now);

/** As somebody would who knows the secret and makes tokens of another form. */
function made(header: object, body: object): string {
  const content = [header, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}
const iat = now.getTime() / 1000;
const body = { iss: 'handoff', sub: 'ana', aud: 'routing', roles: [OPERATOR], tenant: 'default', iat, exp: iat + 60 };

describe('a token between services', () => {
  it('says who asks, in which roles, for which tenant', () => {
    expect(readServiceToken(token, SECRET, 'routing', now)).toEqual(claims);
  });

  it('is a JSON Web Token of the usual form', () => {
    expect(readServiceToken(made({ alg: 'HS256', typ: 'JWT' }, body), SECRET, 'routing', now)).toEqual(claims);
  });

  it('is valid for a minute, and for as much as clocks may differ', () => {
    expect(readServiceToken(token, SECRET, 'routing', later(80))).toEqual(claims);
    expect(readServiceToken(token, SECRET, 'routing', later(-20))).toEqual(claims);
    expect(readServiceToken(token, SECRET, 'routing', later(100))).toBeNull();
    expect(readServiceToken(token, SECRET, 'routing', later(-100))).toBeNull();
  });

  it.each([
    ['another service’s', token, SECRET, 'intake'],
    ['signed with another secret', token, `${SECRET}!`, 'routing'],
    ['shortened', token.slice(0, -1), SECRET, 'routing'],
    ['changed', token.replace('.', '.e'), SECRET, 'routing'],
    ['no token', 'nonsense', SECRET, 'routing'],
    ['nothing', '', SECRET, 'routing'],
    ['without a signature', made({ alg: 'none', typ: 'JWT' }, body), SECRET, 'routing'],
    ['valid for a year', made({ alg: 'HS256', typ: 'JWT' }, { ...body, exp: iat + 31_536_000 }), SECRET, 'routing'],
    ['nobody’s', made({ alg: 'HS256', typ: 'JWT' }, { ...body, sub: '' }), SECRET, 'routing'],
    ['no claims', made({ alg: 'HS256', typ: 'JWT' }, []), SECRET, 'routing'],
  ])('is refused where it is %s', (_, sent, secret, audience) => {
    expect(readServiceToken(sent, secret, audience, now)).toBeNull();
  });
});
