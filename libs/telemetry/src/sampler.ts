import { tracing } from '@opentelemetry/sdk-node';
import { ALWAYS_SAMPLED } from './spans.js';

type Env = Readonly<Record<string, string | undefined>>;

/** As OpenTelemetry's own variables say; but what must not be missed is kept, whatever share of traces is. */
export function samplerFrom(env: Env): tracing.Sampler {
  const others = othersFrom(env);
  return {
    shouldSample: (...asked) =>
      asked[4][ALWAYS_SAMPLED] === true ? { decision: tracing.SamplingDecision.RECORD_AND_SAMPLED } : others.shouldSample(...asked),
    toString: () => `AlwaysSampledOr{${others.toString()}}`,
  };
}

/** A share is one of trace ids, so that all services keep the same traces. */
function othersFrom({ OTEL_TRACES_SAMPLER: name = 'parentbased_always_on', OTEL_TRACES_SAMPLER_ARG: share }: Env): tracing.Sampler {
  const root = rootFrom(name.replace(/^parentbased_/, ''), Number(share ?? 1));
  return name.startsWith('parentbased_') ? new tracing.ParentBasedSampler({ root }) : root;
}

function rootFrom(name: string, share: number): tracing.Sampler {
  if (name === 'always_off') return new tracing.AlwaysOffSampler();
  return name === 'traceidratio' ? new tracing.TraceIdRatioBasedSampler(share) : new tracing.AlwaysOnSampler();
}
