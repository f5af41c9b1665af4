import { collectDefaultMetrics, Histogram, register, Registry, type HistogramConfiguration, type LabelValues } from 'prom-client';
import type { RegistryContentType } from 'prom-client';

export { Counter, Gauge, Histogram } from 'prom-client';

/** The process's registry, in OpenMetrics form so that histograms can carry exemplars. */
export const metrics = register as unknown as Registry<RegistryContentType>; // the typings give the global one the Prometheus form alone
metrics.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);

let collecting = false;

/** Node's own figures, and `service` on every series of this process. */
export function collectProcessMetrics(service: string): void {
  if (collecting) return;
  collecting = true;
  metrics.setDefaultLabels({ service });
  collectDefaultMetrics();
}

/** A histogram whose buckets lead to a trace: each keeps, as its exemplar, the newest that fell into it. */
export class TracedHistogram<Label extends string = never> extends Histogram<Label> {
  constructor(config: Omit<HistogramConfiguration<Label>, 'enableExemplars'>) {
    super({ ...config, enableExemplars: true });
  }

  /** @param traceparent of what took so long; one that nobody samples leads nowhere, and is left out */
  observeFor(traceparent: string | null, labels: LabelValues<Label>, value: number): void {
    // The typings take an exemplar's labels for the metric's own.
    this.observe({ labels, value, exemplarLabels: exemplarOf(traceparent) as LabelValues<Label> });
  }
}

function exemplarOf(traceparent: string | null): Readonly<Record<string, string>> {
  const [, trace_id, span_id, flags] = traceparent?.split('-') ?? [];
  return trace_id && span_id && isSampled(flags) ? { trace_id, span_id } : {};
}

const isSampled = (flags = ''): boolean => (Number.parseInt(flags, 16) & 1) === 1;
