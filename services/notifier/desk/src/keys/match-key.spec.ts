import { describe, expect, it } from '@jest/globals';
import { matchKey, type KeyPress } from './match-key.js';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  inField: false,
  inQueue: false,
  letters: true,
  ...changes,
});

describe('matchKey', () => {
  it('starts decisions with their letters', () => {
    expect(['a', 'e', 'r', 'm', 't'].map((key) => matchKey(press(key)))).toEqual(['approve', 'edit', 'reject', 'respond', 'take_over']);
  });

  it('takes letters as text while the person is writing, and when they are switched off', () => {
    expect(matchKey(press('a', { inField: true }))).toBeNull();
    expect(matchKey(press('a', { letters: false }))).toBeNull();
  });

  it('leaves the browser its own keys', () => {
    expect(matchKey(press('r', { ctrlKey: true }))).toBeNull();
    expect(matchKey(press('a', { metaKey: true }))).toBeNull();
    expect(matchKey(press('Enter'))).toBeNull();
  });

  it('confirms with Ctrl or Command and Enter, also from a field', () => {
    expect(matchKey(press('Enter', { ctrlKey: true, inField: true }))).toBe('confirm');
    expect(matchKey(press('Enter', { metaKey: true }))).toBe('confirm');
  });

  it('moves by arrows only within the queue, so that they scroll elsewhere', () => {
    expect(matchKey(press('ArrowDown', { inQueue: true }))).toBe('next');
    expect(matchKey(press('ArrowDown'))).toBeNull();
  });

  it('goes back with Escape from anywhere', () => {
    expect(matchKey(press('Escape', { inField: true, letters: false }))).toBe('back');
  });
});
