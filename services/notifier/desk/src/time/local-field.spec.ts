import { describe, expect, it } from '@jest/globals';
import { fromLocalField, toLocalField } from './local-field.js';

describe('a date field', () => {
  it('holds an instant in the reader’s zone, and gives it back', () => {
    const at = new Date(2026, 2, 1, 8, 30).toISOString();
    expect(toLocalField(at)).toBe('2026-03-01T08:30');
    expect(fromLocalField('2026-03-01T08:30')).toBe(at);
  });

  it('is empty for what it cannot hold, and what it holds half is left as it is', () => {
    expect(toLocalField('yesterday')).toBe('');
    expect([fromLocalField(''), fromLocalField('soon')]).toEqual(['', 'soon']);
  });
});
