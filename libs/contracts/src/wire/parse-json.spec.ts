import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FaultCode } from '../errors.js';
import { MAX_DEPTH, MAX_PACKET_BYTES, parseJson } from './parse-json.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const codeOf = (text: string): FaultCode | undefined => {
  const parsed = parseJson(bytes(text));
  return parsed.kind === 'faults' ? parsed.faults[0]?.code : undefined;
};
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('parseJson', () => {
  it('gives the value of well-formed JSON', () => {
    expect(parseJson(bytes(' {"a": [1, -2.5e3, "é\\n\\u00e9😀", null, true]} '))).toEqual({
      kind: 'ok',
      value: { a: [1, -2500, 'é\né😀', null, true] },
    });
  });

  it.each([[null], [new Uint8Array()]])('says that there is no value in %p', (value) => {
    expect(parseJson(value)).toMatchObject({ kind: 'faults', faults: [{ path: '', code: 'no_value' }] });
  });

  it.each([
    ['cut off', '{"task_id": "t-1", "steps'],
    ['cut off within an escape', '{"a": "\\u00'],
    ['trailed by more', '{} {}'],
    ['not JSON', 'hello'],
    ['NaN', '{"a": NaN}'],
    ['closed by the wrong bracket', '{"a": 1]'],
  ])('calls text that is %s unreadable', (_, text) => {
    expect(codeOf(text)).toBe('unreadable');
  });

  it('does not repeat characters in its message that Postgres cannot keep', () => {
    const parsed = parseJson(bytes('\u0000{"😀😀😀😀😀😀😀😀'));
    expect(parsed).toMatchObject({ kind: 'faults', faults: [{ code: 'unreadable' }] });
    expect(JSON.stringify(parsed)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  });

  it('calls bytes unreadable that are not UTF-8', () => {
    expect(parseJson(Uint8Array.from([0x22, 0xff, 0xfe, 0x22]))).toMatchObject({ faults: [{ code: 'unreadable' }] });
    expect(parseJson(Uint8Array.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toMatchObject({ faults: [{ code: 'unreadable' }] });
  });

  it('takes exactly the largest size and refuses one byte more', () => {
    const largest = `"${'x'.repeat(MAX_PACKET_BYTES - 2)}"`;
    expect(codeOf(largest)).toBeUndefined();
    expect(codeOf(`${largest} `)).toBe('too_large');
  });

  it('takes exactly the deepest nesting and refuses one level more', () => {
    expect(codeOf(nested(MAX_DEPTH))).toBeUndefined();
    expect(codeOf(nested(MAX_DEPTH + 1))).toBe('too_deep');
    expect(codeOf('['.repeat(10_000))).toBe('too_deep');
    expect(codeOf('{"a":'.repeat(10_000))).toBe('too_deep');
  });

  it('does not count brackets inside strings as nesting', () => {
    expect(codeOf(`["${'['.repeat(100)}"]`)).toBeUndefined();
  });

  it.each([
    ['NUL, escaped', '{"a": "\\u0000"}', 'forbidden_character'],
    ['NUL in a key', '{"\\u0000": 1}', 'forbidden_character'],
    ['a lone high surrogate', '["\\ud83d"]', 'forbidden_character'],
    ['a lone low surrogate', '["\\ude00x"]', 'forbidden_character'],
    ['a key twice', '{"a": 1, "b": {"a": 2}, "a": 3}', 'duplicate_key'],
    ['a key twice, once escaped', '{"task_id": 1, "t\\u0061sk_id": 2}', 'duplicate_key'],
    ['__proto__', '{"__proto__": {"admin": true}}', 'forbidden_key'],
    ['__proto__, escaped', '[{"\\u005f_proto__": 1}]', 'forbidden_key'],
  ])('refuses %s', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('takes a surrogate pair however it is written, and the same key in different objects', () => {
    expect(codeOf('["\\ud83d\\ude00", "😀"]')).toBeUndefined();
    expect(codeOf('[{"a": 1}, {"a": 2}]')).toBeUndefined();
    expect(codeOf('{"a": "a", "b": "a"}')).toBeUndefined();
  });

  it.each([['9007199254740993'], ['-12345678901234567891'], ['1e999'], ['-1E+400']])(
    'refuses the number %s, which would become another one',
    (number) => {
      expect(codeOf(`{"order_id": ${number}}`)).toBe('out_of_range');
    },
  );

  it.each([['9007199254740991'], ['1742000000000000000'], ['0.1'], ['3.14159265358979323846'], ['-0'], ['5e-324']])(
    'takes the number %s',
    (number) => {
      expect(codeOf(`[${number}]`)).toBeUndefined();
    },
  );

  it('takes every number again that it gave out', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => codeOf(JSON.stringify([n])) === undefined));
    expect(codeOf(JSON.stringify([1.2345678901234567e18, -9.9e20]))).toBeUndefined();
  });

  it('takes no longer for a hostile text than for a plain one', () => {
    const started = performance.now();
    parseJson(bytes(`"${'\\\\'.repeat(120_000)}`));
    parseJson(bytes(`"${'\\"'.repeat(120_000)}`));
    parseJson(bytes('1'.repeat(250_000)));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
