import { describe, expect, it } from '@jest/globals';
import { NO_ENVELOPE, readHeaders, toHeaders, type Envelope } from './cloud-event.js';

const codes = (headers: Parameters<typeof readHeaders>[0]): unknown => {
  const read = readHeaders(headers);
  return read.kind === 'faults' && read.faults.map(({ path, code }) => [path, code]);
};

describe('CloudEvents headers', () => {
  it('come out as they went in', () => {
    const envelope: Envelope = { ...NO_ENVELOPE, id: '7', type: 'handoff.accepted.v1', source: '/intake', traceparent: '00-ab-cd-01' };
    const wire = Object.fromEntries(Object.entries(toHeaders(envelope)).map(([name, value]) => [name, Buffer.from(value)]));
    expect(readHeaders(wire)).toEqual({ kind: 'ok', value: envelope });
  });

  it('say the content type and the version, and leave out what is not there', () => {
    expect(toHeaders({ ...NO_ENVELOPE, id: '7' })).toEqual({ 'content-type': 'application/json', ce_specversion: '1.0', ce_id: '7' });
  });

  it('may be absent altogether, empty, or without a value', () => {
    expect(readHeaders({})).toEqual({ kind: 'ok', value: NO_ENVELOPE });
    expect(readHeaders({ ce_id: '', ce_type: null, ce_source: Buffer.alloc(0) })).toEqual({ kind: 'ok', value: NO_ENVELOPE });
  });

  it('of other makers are passed over, whatever they hold', () => {
    expect(readHeaders({ 'x-other': Buffer.from([0xff]), ce_id: ['7'] })).toEqual({ kind: 'ok', value: { ...NO_ENVELOPE, id: '7' } });
  });

  it('are refused by name, all of them at once', () => {
    expect(codes({ ce_id: ['1', '2'], ce_type: Buffer.from([0xff]), ce_source: 'x'.repeat(4097), ce_subject: 'a\u0000b' })).toEqual([
      ['headers.ce_id', 'duplicate_header'],
      ['headers.ce_type', 'unreadable'],
      ['headers.ce_source', 'too_large'],
      ['headers.ce_subject', 'forbidden_character'],
    ]);
  });

  it('are refused when there are too many', () => {
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`h${n}`, 'x']));
    expect(codes(many)).toEqual([['headers', 'too_many_headers']]);
  });
});
