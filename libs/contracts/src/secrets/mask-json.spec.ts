import { describe, expect, it } from '@jest/globals';
import { replaceAt, valueAt } from './json-pointer.js';
import { maskJson } from './mask-json.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';

describe('a masked value', () => {
  it('names each leaf that was masked, and keeps types and what is around a secret', () => {
    const value = {
      text: `use ${TOKEN} for it`,
      login: { user: 'ana', password: 'words' },
      list: ['a', { 'a/b~c': TOKEN }],
      card: 4111111111111111,
      cvv: 123,
      amount: 129.5,
    };
    const masked = maskJson(value);
    expect(masked.value).toEqual({
      text: 'use [masked] for it',
      login: { user: 'ana', password: '*****' },
      list: ['a', { 'a/b~c': '[masked]' }],
      card: 0,
      cvv: 0,
      amount: 129.5,
    });
    expect(masked.paths).toEqual(['/text', '/login/password', '/list/1/a~1b~0c', '/card', '/cvv']);
    for (const path of masked.paths) expect(valueAt(value, path)).not.toEqual(valueAt(masked.value, path));
  });

  it('is the same object where there is no secret', () => {
    const value = { steps: [{ id: 's1', args: { order: '#W2378156', token_count: 12, reset_password: 3 } }] };
    expect(maskJson(value)).toEqual({ value, paths: [] });
    expect(maskJson(value).value).toBe(value);
  });

  it('has nothing of what stands under a secret’s name, whatever it is', () => {
    const { value } = maskJson({ access_token: { value: 'opaque', expires_in: 3600, more: ['a secret word'] } });
    expect(value).toEqual({ access_token: { value: '******', expires_in: 0, more: ['[masked]'] } });
  });

  it('has no key that is a secret itself', () => {
    expect(maskJson({ a: { [TOKEN]: { user: 'ana' } }, b: 1 })).toEqual({ value: { a: {}, b: 1 }, paths: ['/a'] });
  });

  it('leaves a schema one, although it speaks of passwords', () => {
    const value = { args_schema: { properties: { password: { type: 'string', description: `not ${TOKEN}` } } } };
    expect(maskJson(value).value).toEqual({ args_schema: { properties: { password: { type: 'string', description: 'not [masked]' } } } });
  });
});

describe('a JSON Pointer', () => {
  const value = { a: [{ 'x/y': 1, '~': 2 }], '': 3 };

  it('finds what it names, and nothing where there is nothing', () => {
    expect([valueAt(value, ''), valueAt(value, '/a/0/x~1y'), valueAt(value, '/a/0/~0'), valueAt(value, '/')]).toEqual([value, 1, 2, 3]);
    expect([valueAt(value, '/a/1'), valueAt(value, '/b'), valueAt(value, '/toString')]).toEqual([undefined, undefined, undefined]);
  });

  it('replaces that alone', () => {
    expect(replaceAt(value, '/a/0/~0', 'new')).toEqual({ a: [{ 'x/y': 1, '~': 'new' }], '': 3 });
    expect(replaceAt(value, '/a/7/z', 'new')).toEqual(value);
    expect(value.a[0]?.['~']).toBe(2);
  });
});
