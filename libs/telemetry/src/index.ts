export * from './logger.js';
export * from './metrics.js';
export * from './spans.js';

/**
 * Starts tracing for this process; await it before anything else is imported. Exporter and sampler come from OpenTelemetry's own
 * variables (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_TRACES_SAMPLER`, …); without an endpoint spans are made, passed on and not sent. The SDK
 * is loaded here and by nothing else: what only makes spans does without.
 * @returns stops it, sending what is left
 */
export async function startTracing(service: string): Promise<() => Promise<void>> {
  const tracing = await import('./start-tracing.js');
  return tracing.startTracing(service);
}
