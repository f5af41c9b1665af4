import { maskText } from '@handoff/contracts';
import type { tracing } from '@opentelemetry/sdk-node';
import type { Attributes } from '@opentelemetry/api';

type Export = tracing.SpanExporter['export'];

/** Sends spans without secrets: addresses with tokens in them, and errors that quote what they could not read. */
export class MaskingExporter implements tracing.SpanExporter {
  constructor(private readonly exporter: tracing.SpanExporter) {}

  export(...[spans, done]: Parameters<Export>): void {
    for (const span of spans) maskSpan(span);
    this.exporter.export(spans, done);
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }
}

/** In place: a span that has ended is read by its exporters alone. */
function maskSpan({ attributes, events, status }: tracing.ReadableSpan): void {
  maskAttributes(attributes);
  for (const event of events) maskAttributes(event.attributes ?? {});
  if (status.message !== undefined) status.message = maskText(status.message);
}

function maskAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') attributes[name] = maskText(value);
    if (Array.isArray(value)) attributes[name] = value.map((it) => (typeof it === 'string' ? maskText(it) : it)) as typeof value; // of the same types
  }
}
