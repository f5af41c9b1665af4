import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deriveId, newId, sha256 } from './ids.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([57])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('deriveId', () => {
  it('gives the same UUID for the same parts, in this release and the next', () => {
    expect(deriveId('handoff.escalations', 3, '1204')).toBe('6b8289c3-fa25-53b5-bb83-31372ab1bd28');
  });

  it('tells parts apart by where they end and by their order', () => {
    expect(new Set([deriveId('ab', 'c'), deriveId('a', 'bc'), deriveId('c', 'ab'), deriveId('abc'), deriveId('abc', '')]).size).toBe(5);
  });

  it('gives a UUID of version 5 for any text', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => UUID.exec(deriveId(...parts))?.[1] === '5'));
    expect(deriveId('\ud83d')).toMatch(UUID);
  });
});

describe('newId', () => {
  it('gives ids of version 7 that sort by the time they were made', () => {
    const ids = Array.from({ length: 100 }, () => newId());
    expect(ids).toEqual([...ids].sort());
    expect(UUID.exec(ids[0] ?? '')?.[1]).toBe('7');
  });
});

describe('sha256', () => {
  it('is the published digest of "abc"', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
