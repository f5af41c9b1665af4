import { describe, expect, it } from '@jest/globals';
import { NO_ENVELOPE } from '@handoff/contracts';
import type { InboundRecord } from './kafka-record.js';
import { causeOf, recordId } from './record-identity.js';

const record: InboundRecord = {
  topic: 'handoff.escalations',
  partition: 0,
  offset: 7n,
  timestamp: '1763769600000',
  key: null,
  value: Buffer.from('{}'),
  headers: {},
  cause: { eventId: 'unchecked', correlationId: 'unchecked', traceparent: '00-1' },
};

describe('recordId', () => {
  it('is the same for every delivery, and another one on a topic that was made anew', () => {
    expect(recordId({ ...record, value: Buffer.from('{}') })).toBe(recordId(record));
    const others = [{ offset: 8n }, { partition: 1 }, { timestamp: '1763769600001' }, { value: Buffer.from('[]') }, { value: null }];
    expect(new Set([record, ...others.map((it) => ({ ...record, ...it }))].map(recordId)).size).toBe(others.length + 1);
  });
});

describe('causeOf', () => {
  it('passes an agent’s own ids on where a header can hold them', () => {
    expect(causeOf(record, { ...NO_ENVELOPE, id: 'e', correlationid: 'c' })).toEqual({
      eventId: 'e',
      correlationId: 'c',
      traceparent: '00-1',
    });
    expect(causeOf(record, { ...NO_ENVELOPE, id: 'x'.repeat(257), correlationid: 'a\nb' })).toEqual({
      eventId: null,
      correlationId: null,
      traceparent: '00-1',
    });
  });
});
