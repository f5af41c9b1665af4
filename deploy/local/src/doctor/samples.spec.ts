import { describe, expect, it } from '@jest/globals';
import { parseSamples } from './samples.js';

const SCRAPE = `# HELP a_total Some
# TYPE a_total counter
a_total{service="intake",code="x \\"}\\" y"} 2
a_total{service="intake",code="z"} 3 # {trace_id="4bf9"} 0.5 1700000000
# EOF
plain 1e3
nothing NaN
`;

describe('a scrape', () => {
  it('is read with its labels, whatever is in them, and without exemplars', () => {
    const samples = parseSamples(SCRAPE);
    expect(samples.of('a_total', { code: 'x "}" y' })).toEqual([
      { name: 'a_total', labels: { service: 'intake', code: 'x "}" y' }, value: 2 },
    ]);
    expect(samples.sum('a_total')).toBe(5);
    expect(samples.sum('plain')).toBe(1000);
  });

  it('has nothing where there is no series, or no number', () => {
    expect(parseSamples(SCRAPE).sum('b_total')).toBeNull();
    expect(parseSamples(SCRAPE).sum('nothing')).toBeNull();
  });
});
