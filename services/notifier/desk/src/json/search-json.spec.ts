import { describe, expect, it } from '@jest/globals';
import { isLarge, searchJson } from './search-json.js';

const state = {
  orders: [
    { id: 'W-4711', total: 89 },
    { id: 'W-4712', total: 12 },
  ],
  customer: { name: 'Ada', notes: '' },
};

describe('searchJson', () => {
  it('finds values and names, with the way to them', () => {
    expect(searchJson(state, 'w-4712')).toEqual([{ path: 'orders.1.id', value: 'W-4712' }]);
    expect(searchJson(state, '89')).toEqual([{ path: 'orders.0.total', value: 89 }]);
    expect(searchJson(state, 'customer')).toEqual([
      { path: 'customer.name', value: 'Ada' },
      { path: 'customer.notes', value: '' },
    ]);
  });

  it('finds nothing for nothing, and stops where there is too much', () => {
    expect(searchJson(state, '  ')).toEqual([]);
    expect(
      searchJson(
        Array.from({ length: 1000 }, () => 'same'),
        'same',
        5,
      ),
    ).toHaveLength(5);
  });
});

describe('isLarge', () => {
  it('counts leaves, not levels', () => {
    expect(isLarge(state)).toBe(false);
    expect(isLarge(Array.from({ length: 13 }, (_, at) => at))).toBe(true);
  });
});
