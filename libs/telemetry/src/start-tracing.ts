import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK, tracing } from '@opentelemetry/sdk-node';
import { MaskingExporter } from './masking-exporter.js';
import { samplerFrom } from './sampler.js';

/** By the SDK, which index.ts loads when it is wanted. */
export function startTracing(service: string): () => Promise<void> {
  const endpoint = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const sdk = new NodeSDK({
    serviceName: service,
    sampler: samplerFrom(process.env),
    // Without any processor there would be no spans at all, and no trace id in logs and events.
    ...(endpoint ? { traceExporter: new MaskingExporter(new OTLPTraceExporter()) } : { spanProcessors: [new tracing.NoopSpanProcessor()] }),
    metricReaders: [],
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url }) => url === '/metrics' || (url?.startsWith('/health/') ?? false) }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  return () => sdk.shutdown();
}
