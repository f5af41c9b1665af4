import { describe, expect, it } from '@jest/globals';
import { SpanStatusCode } from '@opentelemetry/api';
import { tracing } from '@opentelemetry/sdk-node';
import { createLogger } from './logger.js';
import { MaskingExporter } from './masking-exporter.js';

const TOKEN = 'sk_live_a1B2c3D4e5F6g7H8i9J0';

describe('what leaves a process to be looked at', () => {
  it('has no secret in a log line, wherever it was put', () => {
    const lines: string[] = [];
    const log = createLogger('test', 'info', { write: (line) => lines.push(line) });
    log.warn(
      {
        err: new Error(`cannot read ${TOKEN}`),
        fault: { message: `"${TOKEN}" is no url` },
        password: 'words',
        url: 'postgres://app:pass@db/x',
      },
      `said ${TOKEN}`,
    );
    expect(lines.join('')).toMatch(/cannot read \[masked\]/);
    expect(lines.join('')).not.toMatch(/a1B2|words|:pass@/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ service: 'test', level: 'warn', msg: 'said [masked]' });
  });

  it('has none in a span: not in what it is about, what happened, or how it ended', async () => {
    const sent = new tracing.InMemorySpanExporter();
    const provider = new tracing.BasicTracerProvider({ spanProcessors: [new tracing.SimpleSpanProcessor(new MaskingExporter(sent))] });
    const span = provider
      .getTracer('test')
      .startSpan('GET', { attributes: { 'url.full': `https://x.example/?sig=${TOKEN}`, status: 200, said: [`a ${TOKEN}`] } });
    span.recordException(new Error(`cannot read ${TOKEN}`));
    span.setStatus({ code: SpanStatusCode.ERROR, message: `said ${TOKEN}` });
    span.end();
    await provider.forceFlush();
    const [{ attributes, events, status } = {}] = sent.getFinishedSpans();
    expect(JSON.stringify({ attributes, events, status })).not.toContain('a1B2');
    expect(attributes).toEqual({ 'url.full': 'https://x.example/?sig=[masked]', status: 200, said: ['a [masked]'] });
    expect(status?.message).toBe('said [masked]');
  });
});
