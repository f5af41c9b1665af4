import { afterAll, describe, expect, it } from '@jest/globals';
import { metrics, TracedHistogram } from './metrics.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('a traced histogram', () => {
  const took = new TracedHistogram({ name: 'probe_seconds', help: 'A probe', labelNames: ['urgency'] as const, buckets: [1, 900] });
  afterAll(() => metrics.removeSingleMetric('probe_seconds'));
  const scraped = async (): Promise<string> => metrics.getSingleMetricAsString('probe_seconds');

  it('leads from a bucket to the trace of what fell into it', async () => {
    took.observeFor(`00-${TRACE}-${SPAN}-01`, { urgency: 'high' }, 300);
    expect(await scraped()).toContain(`probe_seconds_bucket{le="900",urgency="high"} 1 # {trace_id="${TRACE}",span_id="${SPAN}"} 300`);
  });

  it('leads nowhere from what nobody samples, and counts it all the same', async () => {
    took.observeFor(`00-${TRACE}-${SPAN}-00`, { urgency: 'low' }, 0.5);
    took.observeFor(null, { urgency: 'low' }, 2000);
    expect(await scraped()).toContain('probe_seconds_count{urgency="low"} 2');
    expect((await scraped()).split('\n').filter((line) => line.includes('"low"') && line.includes('trace_id'))).toEqual([]);
  });
});
