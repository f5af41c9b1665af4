import { collectDefaultMetrics, register, Registry, type RegistryContentType } from 'prom-client';

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
