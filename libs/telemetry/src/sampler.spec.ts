import { ROOT_CONTEXT, SpanKind, type Attributes } from '@opentelemetry/api';
import { tracing } from '@opentelemetry/sdk-node';
import { describe, expect, it } from '@jest/globals';
import { samplerFrom } from './sampler.js';
import { ALWAYS_SAMPLED } from './spans.js';

const KEPT = tracing.SamplingDecision.RECORD_AND_SAMPLED;
const NONE = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };

function decisionOf(env: Readonly<Record<string, string>>, traceId: string, attributes: Attributes = {}) {
  return samplerFrom(env).shouldSample(ROOT_CONTEXT, traceId, 'fire decide_by', SpanKind.INTERNAL, attributes, []).decision;
}

describe('the share of traces that is kept', () => {
  it('is all of them unless it is set', () => {
    expect(decisionOf({}, 'f'.repeat(32))).toBe(KEPT);
  });

  it('is one of trace ids, the same in every service', () => {
    const half = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' };
    expect(decisionOf(half, `${'0'.repeat(31)}1`)).toBe(KEPT);
    expect(decisionOf(half, `${'f'.repeat(8)}${'0'.repeat(24)}`)).not.toBe(KEPT);
  });

  it('never leaves out what is marked, such as a breach', () => {
    expect(decisionOf(NONE, 'f'.repeat(32))).not.toBe(KEPT);
    expect(decisionOf(NONE, 'f'.repeat(32), { [ALWAYS_SAMPLED]: true })).toBe(KEPT);
  });
});
