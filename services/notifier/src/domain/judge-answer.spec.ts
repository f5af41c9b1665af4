import { describe, expect, it } from '@jest/globals';
import type { DeskItem } from './desk-item.js';
import { ana, anItem } from './items.for-spec.js';
import { judgeAnswer } from './judge-answer.js';

const kindOf = (item: DeskItem | null): string =>
  judgeAnswer(item, () => undefined, ana, { type: 'reject', packet_version: 1 }, 'desk').kind;

describe('an answer to what is not whole on the desk', () => {
  it('finds nothing where nobody has heard of it', () => {
    expect(kindOf(null)).toBe('unknown');
  });

  it('comes too early while its packet or its route is on the way', () => {
    expect(kindOf({ ...anItem(), accepted: null, state: 'arriving' })).toBe('not-routed');
    expect(kindOf({ ...anItem(), routed: null, state: 'arriving' })).toBe('not-routed');
  });

  it('comes too late where it is known to have ended, though its packet is not here again', () => {
    expect(kindOf({ ...anItem(), accepted: null, state: 'ended' })).toBe('has-ended');
  });
});
