import { describe, expect, it } from '@jest/globals';
import { inRequests } from './in-requests.js';

const KIB = 1024;
const of = (kib: number, name: string) => ({ key: name, value: 'x'.repeat(kib * KIB) });
const names = (messages: Parameters<typeof inRequests>[0]) => inRequests(messages).map((request) => request.map(({ key }) => key));

describe('messages in requests', () => {
  it('keep their order, and no request has more than half of what a batch may hold', () => {
    expect(names([of(300, 'a'), of(200, 'b'), of(100, 'c'), of(1, 'd')])).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('go by themselves where one is larger than that, and empty ones take no room', () => {
    expect(names([{ key: 'a', value: null }, of(600, 'b'), of(1, 'c')])).toEqual([['a'], ['b'], ['c']]);
    expect(inRequests([])).toEqual([]);
  });
});
