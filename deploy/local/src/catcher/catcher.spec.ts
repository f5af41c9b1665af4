import { describe, expect, it } from '@jest/globals';
import { readSpans } from './read-spans.js';
import { renderPage } from './render-page.js';
import { Ring } from './ring.js';

describe('what the catcher keeps', () => {
  it('never grows past its limit; the newest stay', () => {
    const ring = new Ring<number>(3);
    ring.add(1, 2);
    ring.add(3, 4, 5);
    expect(ring.all()).toEqual([3, 4, 5]);
  });

  it('has the spans of an OTLP request in a readable form', () => {
    const span = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      parentSpanId: '',
      name: 'publish handoff.accepted',
      kind: 4,
      startTimeUnixNano: '1700000000000000000',
      endTimeUnixNano: '1700000000012500000',
      attributes: [
        { key: 'messaging.destination.name', value: { stringValue: 'handoff.accepted' } },
        { key: 'messaging.batch.message_count', value: { intValue: '7' } },
        { key: 'tags', value: { arrayValue: { values: [{ stringValue: 'a' }, { boolValue: true }] } } },
      ],
      links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) }],
      status: { code: 2 },
    };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'intake' } }] };
    expect(readSpans({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] })).toEqual([
      {
        trace_id: 'a'.repeat(32),
        span_id: 'b'.repeat(16),
        parent_span_id: null,
        service: 'intake',
        name: 'publish handoff.accepted',
        kind: 4,
        started_at: '2023-11-14T22:13:20.000Z',
        duration_ms: 12.5,
        is_error: true,
        attributes: { 'messaging.destination.name': 'handoff.accepted', 'messaging.batch.message_count': 7, tags: ['a', true] },
        links: [{ trace_id: 'c'.repeat(32), span_id: 'd'.repeat(16) }],
      },
    ]);
  });

  it.each([null, 'text', {}, { resourceSpans: 'no list' }, { resourceSpans: [null, { scopeSpans: [7] }] }])(
    'takes a request that holds no spans (%j) without falling over',
    (request) => {
      expect(readSpans(request)).toEqual([]);
    },
  );
});

describe('the catcher’s page', () => {
  it('shows a message as text, whatever it holds', () => {
    const page = renderPage([
      { id: 1, at: 't', kind: 'email', from: 'a', to: ['b'], subject: '<script>alert(1)</script>', text: '"&', headers: {} },
    ]);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&quot;&amp;');
    expect(page).not.toContain('<script');
  });
});
