import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutboxRow } from './outbox.js';
import { inBatches } from './send-rows.js';

const aRow = (topic: string, bytes: number): OutboxRow => ({
  id: '',
  topic,
  key: 'key',
  headers: { ce_id: 'id' },
  value: 'x'.repeat(bytes),
  encoding: 'utf8',
});
const ofTopic = (rows: readonly OutboxRow[], topic: string): readonly number[] =>
  rows.filter((row) => row.topic === topic).map(({ value }) => value?.length ?? 0);

describe('rows that are sent', () => {
  it('are cut in their order into what one record batch of any topic may hold, and what is too large by itself is alone of its topic', () => {
    const rows = fc.array(
      fc.record({ topic: fc.constantFrom('a', 'b'), bytes: fc.integer({ min: 0, max: 1_000_000 }) }).map((it) => aRow(it.topic, it.bytes)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const batches = inBatches(all);
        expect(batches.flat().every((row, index) => row === all[index])).toBe(true);
        expect(batches.flat()).toHaveLength(all.length);
        for (const batch of batches)
          for (const topic of ['a', 'b']) {
            const bytes = ofTopic(batch, topic);
            expect(bytes.length <= 1 || bytes.reduce((sum, it) => sum + it) <= 900 * 1024).toBe(true);
          }
      }),
      { numRuns: 30 },
    );
  });
});
