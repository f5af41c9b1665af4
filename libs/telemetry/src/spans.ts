import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

export { SpanKind, SpanStatusCode as SpanStatusCodes, type Attributes, type Link, type Span } from '@opentelemetry/api';

/** An attribute that a span begins with: it is kept, whatever share of traces is. */
export const ALWAYS_SAMPLED = 'handoff.always_sampled';

const propagator = new W3CTraceContextPropagator();
const tracer = trace.getTracer('handoff');

/** The W3C form of a span's place, to be stored in a row or sent in a header; null where nothing is traced. */
export function traceparentOf(span: Span | undefined = trace.getActiveSpan()): string | null {
  if (!span) return null;
  const carrier: { traceparent?: string } = {};
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, { set: (to, key, value) => void Object.assign(to, { [key]: value }) });
  return carrier.traceparent ?? null;
}

/** The context that a stored or received `traceparent` names; the root where it is null or malformed. */
export function contextOf(traceparent: string | null): Context {
  if (traceparent === null) return ROOT_CONTEXT;
  return propagator.extract(
    ROOT_CONTEXT,
    { traceparent },
    { get: (from, key) => (key === 'traceparent' ? from.traceparent : undefined), keys: () => ['traceparent'] },
  );
}

export function linkTo(traceparent: string | null): readonly Link[] {
  const linked = trace.getSpanContext(contextOf(traceparent));
  return linked ? [{ context: linked }] : [];
}

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  readonly links?: readonly Link[];
  /** The parent; the active span where it is left out. */
  readonly parent?: string | null;
  /** Kept whatever share of traces is: a breach, an error. It is to be a trace of its own, linked. */
  readonly isAlwaysSampled?: boolean;
}

export function startSpan(name: string, options: SpanOptions = {}): Span {
  const { kind = SpanKind.INTERNAL, attributes = {}, links = [], parent, isAlwaysSampled = false } = options;
  const told = isAlwaysSampled ? { ...attributes, [ALWAYS_SAMPLED]: true } : attributes;
  return tracer.startSpan(name, { kind, attributes: told, links: [...links] }, parent === undefined ? context.active() : contextOf(parent));
}

/** What failed, as a span of its own that is kept whatever share of traces is; linked to what it happened to. */
export function noteFailure(
  name: string,
  error: unknown,
  { links = [], attributes = {} }: Pick<SpanOptions, 'links' | 'attributes'> = {},
): void {
  const span = startSpan(name, { parent: null, links, attributes, isAlwaysSampled: true });
  fail(span, error);
  span.end();
}

function fail(span: Span, error: unknown): void {
  const { name, message } = error as Error;
  span.recordException(error as Error);
  span.setAttribute('error.type', (error as { readonly code?: unknown }).code?.toString() ?? name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** Runs `work` inside a span that ends with it and keeps its error. */
export async function withSpan<T>(name: string, options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T> {
  const span = startSpan(name, options);
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    fail(span, error);
    if (!span.isRecording()) noteFailure(name, error, { links: linkTo(traceparentOf(span)) });
    throw error;
  } finally {
    span.end();
  }
}

/** The trace id inside a `traceparent`; null where there is none. */
export const traceIdOf = (traceparent: string | null): string | null => traceparent?.split('-')[1] ?? null;
