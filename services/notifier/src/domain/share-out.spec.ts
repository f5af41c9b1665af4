import { describe, expect, it } from '@jest/globals';
import { shareOut } from './share-out.js';

const five = [1, 2, 3, 4, 5];

describe('what is due for one destination', () => {
  it('goes out one by one while it may', () => {
    expect(shareOut(five, { granted: 5, nextIn: 0 })).toEqual({ single: five, bundled: [], putOff: [] });
  });

  it('goes out together from the last message on that is left', () => {
    expect(shareOut(five, { granted: 3, nextIn: 10 })).toEqual({ single: [1, 2], bundled: [3, 4, 5], putOff: [] });
    expect(shareOut(five, { granted: 1, nextIn: 10 })).toEqual({ single: [], bundled: five, putOff: [] });
  });

  it('waits where none is left', () => {
    expect(shareOut(five, { granted: 0, nextIn: 10 })).toEqual({ single: [], bundled: [], putOff: five });
  });
});
