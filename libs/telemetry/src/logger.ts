import { maskText } from '@handoff/contracts';
import { context, trace } from '@opentelemetry/api';
import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type { Logger } from 'pino';

/** JSON lines on standard output, without secrets, whatever was logged; every line carries the trace it belongs to, and `handoff_id` where the caller gives it. */
export function createLogger(service: string, level = process.env['LOG_LEVEL'] ?? 'info', to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    hooks: { streamWrite: maskText },
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => {
      const span = trace.getSpanContext(context.active());
      return span ? { trace_id: span.traceId } : {};
    },
  };
  return to ? pino(options, to) : pino(options);
}
