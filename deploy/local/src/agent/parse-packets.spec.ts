import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { forRun, onlyEightFields, parsePackets, pickEvenly } from './parse-packets.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file of packets', () => {
  const text = '{"task_id":"a","urgency":"low"}\n\n{"packet":{"task_id":"b"},"label":{"escalated":true}}\n';

  it('holds bare packets and packets beside other things', () => {
    expect(parsePackets(bytes(text), 'f')).toEqual([{ task_id: 'a', urgency: 'low' }, { task_id: 'b' }]);
  });

  it('may be compressed, whatever its name says', () => {
    expect(parsePackets(gzipSync(text), 'f')).toHaveLength(2);
  });

  it('is refused by file and line', () => {
    expect(() => parsePackets(bytes('{"task_id":"a"}\n{'), 'f.jsonl')).toThrow('f.jsonl, line 2, is not JSON');
    expect(() => parsePackets(bytes('{"id":"a"}'), 'f.jsonl')).toThrow('f.jsonl, line 1, holds no packet');
  });
});

describe('the packets of a run', () => {
  it('are picked from all over the file', () => {
    expect(pickEvenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
    expect(pickEvenly([0, 1], 4)).toEqual([0, 1]);
  });

  it('are tasks of their own', () => {
    expect(forRun({ task_id: 'a', idempotency_key: 'k' }, 'r1')).toEqual({ task_id: 'a~r1', idempotency_key: 'k~r1' });
  });

  it('can be cut down to the eight fields', () => {
    expect(onlyEightFields({ task_id: 'a', urgency: 'low', tags: ['x'] })).toEqual({ task_id: 'a', urgency: 'low' });
  });
});
