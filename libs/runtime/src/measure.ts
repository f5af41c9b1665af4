import type { Gauge } from '@handoff/telemetry';

/** How much there is of something in the schema, as a gauge. */
export interface Measure {
  readonly gauge: Gauge<string>;
  /** A query with a number `value` and a text for each label of the gauge, which have few values each; on an index, as it is asked again and again. */
  readonly rows: string;
}

/** What is not there any more has no series; a gauge without labels is 0 then. */
export function setMeasured({ gauge }: Measure, found: readonly MeasuredRow[]): void {
  gauge.reset();
  for (const { value, ...labels } of found) gauge.set(labels, value);
}

export interface MeasuredRow {
  readonly value: number;
  readonly [label: string]: string | number;
}
