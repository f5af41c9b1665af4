import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../ids.js';
import type { JsonObject } from '../json.js';
import { actionDigest } from './action-digest.js';
import type { Action, Recommendation } from './packet-parts.js';

const action = (args: JsonObject): Action => ({ kind: 'tool_call', name: 'refund', args });
/** What RFC 8785 says the bytes are, hashed. */
const ofText = (args: string): string => sha256(`{"args":${args},"kind":"tool_call","name":"refund"}`);

describe('actionDigest', () => {
  it('does not depend on the order in which keys were written', () => {
    expect(actionDigest(action({ b: { y: 1, x: 2 }, a: 3 }))).toBe(actionDigest(action({ a: 3, b: { x: 2, y: 1 } })));
  });

  it('depends on the order of a list, on types and on names', () => {
    const all: readonly JsonObject[] = [{ a: [1, 2] }, { a: [2, 1] }, { a: ['1', 2] }, { b: [1, 2] }, { a: [1, 2], b: null }];
    expect(new Set(all.map((args) => actionDigest(action(args)))).size).toBe(5);
  });

  it('sorts keys by UTF-16 code units, as RFC 8785 section 3.2.3 does', () => {
    const args = {
      '\u20ac': 'Euro',
      '\r': 'CR',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '\ud83d\ude00': 'Emoji',
      '\u0080': 'Control',
      '\u00f6': 'o',
    };
    const sorted = '{"\\r":"CR","1":"One","\u0080":"Control","\u00f6":"o","\u20ac":"Euro","\ud83d\ude00":"Emoji","\ufb33":"Hebrew"}';
    expect(actionDigest(action(args))).toBe(ofText(sorted));
  });

  it.each([
    [333333333.33333329, '333333333.3333333'],
    [1e30, '1e+30'],
    [4.5, '4.5'],
    [2e-3, '0.002'],
    [1e-27, '1e-27'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [9007199254740991, '9007199254740991'],
    [1e21, '1e+21'],
    [489.0, '489'],
  ])('writes the number %p as %s', (n, text) => {
    expect(actionDigest(action({ n }))).toBe(ofText(`{"n":${text}}`));
  });

  it('escapes as RFC 8785 section 3.2.2.2 does', () => {
    expect(actionDigest(action({ s: '€$\u000f\nA\'B"\\/"' }))).toBe(ofText('{"s":"€$\\u000f\\nA\'B\\"\\\\/\\""}'));
  });

  it('leaves out the words around the action', () => {
    const explained: Recommendation = { ...action({ amount: 1 }), rationale: 'because', alternatives: [action({})] };
    expect(actionDigest(explained)).toBe(actionDigest(action({ amount: 1 })));
  });
});
