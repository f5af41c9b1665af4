import { describe, expect, it } from '@jest/globals';
import { chooseAfter, chooseNeighbour } from './choose-neighbour.js';

describe('chooseNeighbour', () => {
  it('steps through the list and stops at its ends', () => {
    expect(chooseNeighbour(['a', 'b'], 'a', 1)).toBe('b');
    expect(chooseNeighbour(['a', 'b'], 'b', 1)).toBe('b');
    expect(chooseNeighbour(['a', 'b'], 'a', -1)).toBe('a');
  });

  it('begins with the first', () => {
    expect(chooseNeighbour(['a', 'b'], null, -1)).toBe('a');
    expect(chooseNeighbour(['a', 'b'], 'gone', 1)).toBe('a');
    expect(chooseNeighbour([], null, 1)).toBeNull();
  });
});

describe('chooseAfter', () => {
  it('goes on with the next, at the end with the one before', () => {
    expect(chooseAfter(['a', 'b', 'c'], 'b')).toBe('c');
    expect(chooseAfter(['a', 'b', 'c'], 'c')).toBe('b');
  });

  it('takes the first when the one that was done is already gone, and nothing when none is left', () => {
    expect(chooseAfter(['a', 'b'], 'gone')).toBe('a');
    expect(chooseAfter(['a'], 'a')).toBeNull();
  });
});
