import { describe, expect, it } from '@jest/globals';
import type { DeskSummary } from '../api/desk-types.js';
import { orderQueue } from './order-queue.js';

const item = (title: string, decide_by: string | null, changes: object = {}): DeskSummary =>
  ({ title, decide_by, urgency: 'low', reason_code: 'other', unattended: false, ...changes }) as unknown as DeskSummary; // what is compared

describe('orderQueue', () => {
  it('goes by time left, then by risk', () => {
    const queue = [
      item('no deadline', null, { urgency: 'high' }),
      item('later', '2026-03-01T10:05:00Z', { urgency: 'high', reason_code: 'safety_or_fraud' }),
      item('low', '2026-03-01T10:00:10Z'),
      item('high', '2026-03-01T10:00:50Z', { urgency: 'high' }),
      item('fraud', '2026-03-01T10:00:55Z', { urgency: 'high', reason_code: 'safety_or_fraud' }),
      item('unattended', '2026-03-01T10:00:59Z', { unattended: true }),
    ];
    expect(orderQueue(queue).map(({ title }) => title)).toEqual(['unattended', 'fraud', 'high', 'low', 'later', 'no deadline']);
  });

  it('leaves those that are alike as they came', () => {
    const [first, second] = [item('first', '2026-03-01T10:00:10Z'), item('second', '2026-03-01T10:00:05Z')];
    expect(orderQueue([first, second])).toEqual([first, second]);
  });
});
