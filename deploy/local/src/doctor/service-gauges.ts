import type { Service } from '@handoff/contracts';
import { valueOf } from './looked.js';
import type { Sample } from './samples.js';
import type { ProcessSeen } from './seen.js';

export interface ServiceGauge {
  readonly service: Service;
  readonly labels: Sample['labels'];
  readonly value: number;
}

/** A gauge that each replica reads for the whole service: of replicas, the maximum counts. */
export function gaugesOf(processes: readonly ProcessSeen[], name: string): readonly ServiceGauge[] {
  const found = new Map<string, ServiceGauge>();
  for (const { service, later } of processes)
    for (const { labels, value } of valueOf(later)?.of(name) ?? []) {
      const key = `${service} ${JSON.stringify(Object.entries(labels).toSorted())}`;
      found.set(key, { service, labels, value: Math.max(value, found.get(key)?.value ?? value) });
    }
  return [...found.values()];
}

/** How much a counter of one process rose between the two looks; one that began anew has risen by all it has. */
export function risen({ metrics, later }: ProcessSeen, name: string, labels: Sample['labels'] = {}): number {
  const [before, after] = [valueOf(metrics)?.sum(name, labels) ?? 0, valueOf(later)?.sum(name, labels) ?? 0];
  return after < before ? after : after - before;
}
