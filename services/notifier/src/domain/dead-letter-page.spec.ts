import { describe, expect, it } from '@jest/globals';
import { addToPage, pageDueAt, type HeardDeadLetter } from './dead-letter-page.js';
import { hearDeadLetter } from './hear-dead-letter.js';

const heard = (over: Partial<HeardDeadLetter> = {}): HeardDeadLetter => ({
  ...{
    id: null,
    service: 'routing',
    topic: 'handoff.accepted',
    partition: '0',
    offset: '1',
    code: 'missing',
    message: 'event is missing.',
  },
  ...over,
});
const start = Date.parse('2026-11-22T10:00:00Z');
const at = (seconds: number): Date => new Date(start + seconds * 1000);

describe('a page for dead letters', () => {
  it('counts a thousand of them, by kind, with the newest as its example', () => {
    const many = Array.from({ length: 1000 }, (_, n) => heard({ offset: String(n), service: n % 4 === 0 ? 'feedback' : 'routing' }));
    const page = addToPage(addToPage(null, many.slice(0, 300), at(0)), many.slice(300), at(2));
    expect(page).toMatchObject({ count: 1000, since: at(0).toISOString(), until: at(2).toISOString(), newest: { offset: '999' } });
    expect(page.kinds.map(({ service, count }) => [service, count])).toEqual([
      ['feedback', 250],
      ['routing', 750],
    ]);
  });

  it('names twenty kinds at most', () => {
    const page = addToPage(
      null,
      Array.from({ length: 50 }, (_, n) => heard({ code: `code-${n}` })),
      at(0),
    );
    expect(page).toMatchObject({ count: 50, kinds: { length: 20 } });
  });

  it('waits for five quiet seconds, for a minute at most', () => {
    const page = addToPage(null, [heard()], at(0));
    expect(pageDueAt(page, null, 600)).toEqual(at(5));
    expect(pageDueAt(addToPage(page, [heard()], at(4)), null, 600)).toEqual(at(9));
    expect(pageDueAt(addToPage(page, [heard()], at(58)), null, 600)).toEqual(at(60));
  });

  it('comes ten minutes after the one before at the earliest', () => {
    const page = addToPage(null, [heard()], at(0));
    expect(pageDueAt(page, at(-60), 600)).toEqual(at(540));
    expect(pageDueAt(page, at(-3600), 600)).toEqual(at(5));
  });
});

describe('what is heard of a dead letter', () => {
  it('is in its headers', () => {
    const headers = {
      'kafka_dlt-original-partition': Buffer.from('3'),
      'kafka_dlt-original-offset': Buffer.from('17'),
      'kafka_dlt-exception-fqcn': Buffer.from('missing'),
      'kafka_dlt-exception-message': Buffer.from('event is missing.'),
      'handoff-service': Buffer.from('routing'),
      'handoff-dead-letter': Buffer.from('an-id'),
    };
    expect(hearDeadLetter('handoff.accepted-dlt', headers)).toEqual(heard({ id: 'an-id', partition: '3', offset: '17' }));
  });

  it.each([
    ['none', {}],
    ['no text', { 'kafka_dlt-exception-fqcn': Buffer.from([0xff]), 'kafka_dlt-exception-message': null, 'handoff-service': [] }],
    ['several', { 'kafka_dlt-exception-fqcn': ['a', 'b'], 'handoff-service': [Buffer.from('x')] }],
  ])('is something, whatever they are: %s', (_, headers) => {
    expect(hearDeadLetter('handoff.accepted-dlt', headers)).toMatchObject({ topic: 'handoff.accepted', code: expect.any(String) });
  });

  it('is made visible and short, as anybody may have written it', () => {
    const { message } = hearDeadLetter('x-dlt', { 'kafka_dlt-exception-message': `a\u202Eb${'c'.repeat(10_000)}` });
    expect(message).toMatch(/^a\[U\+202E\]bc+$/);
    expect(message.length).toBeLessThanOrEqual(500);
  });
});
