import { SERVICES } from '../libs/contracts/dist/index.js';
import { metrics as registry } from '../libs/telemetry/dist/index.js';

/** What a part defines when it is loaded: the platform in every service, then each service its own, and the canary, which is none. */
const PARTS = [
  ['runtime', '../libs/runtime/dist/index.js'],
  ...SERVICES.map((service) => [service, `../services/${service}/dist/src/${service}.metrics.js`]),
  ['canary', '../deploy/local/dist/canary/canary.metrics.js'],
];

/** @returns of each part, the metrics as they are declared */
export async function metricsByPart() {
  const parts = new Map();
  for (const [part, module] of PARTS) {
    await import(module);
    parts.set(part, registry.getMetricsAsArray().map(describe));
    registry.clear(); // the next part may have the same names: it is another process
  }
  return parts;
}

/** The typings keep these to the library; its own output is made of them. */
const describe = ({ name, help, type, labelNames = [], buckets = [], enableExemplars = false }) => ({
  ...{ name, help, type, buckets, isTraced: enableExemplars },
  labels: labelNames.filter((label) => label !== 'le'),
});

/** As they are scraped, queried and written about. */
export function namesOnTheWire(parts) {
  return new Set([...parts.values()].flat().flatMap(suffixed));
}

function suffixed({ name, type }) {
  if (type === 'counter') return [name, `${name}_total`];
  return type === 'histogram' ? [name, `${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}
