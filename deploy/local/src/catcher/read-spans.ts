import { isJsonObject, type Json } from '@handoff/contracts';

/** A span as a test or a person wants to read it. */
export interface CaughtSpan {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id: string | null;
  readonly service: string;
  readonly name: string;
  /** OTLP's numbers: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly started_at: string;
  readonly duration_ms: number;
  readonly is_error: boolean;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly links: readonly { readonly trace_id: string; readonly span_id: string }[];
}

/** The spans of an OTLP/JSON request; what is not in that form is passed over, for the catcher refuses nothing. */
export function readSpans(request: unknown): readonly CaughtSpan[] {
  return objects(request, 'resourceSpans').flatMap((resource) => {
    const about = isJsonObject(resource['resource']) ? readAttributes(resource['resource']['attributes']) : {};
    const service = String(about['service.name'] ?? 'unknown');
    return objects(resource, 'scopeSpans').flatMap((scope) => objects(scope, 'spans').map((span) => readSpan(span, service)));
  });
}

function readSpan(span: Readonly<Record<string, Json>>, service: string): CaughtSpan {
  const [start, end] = [nanoseconds(span['startTimeUnixNano']), nanoseconds(span['endTimeUnixNano'])];
  return {
    trace_id: String(span['traceId'] ?? ''),
    span_id: String(span['spanId'] ?? ''),
    parent_span_id: span['parentSpanId'] ? String(span['parentSpanId']) : null,
    service,
    name: String(span['name'] ?? ''),
    kind: Number(span['kind'] ?? 0),
    started_at: new Date(Number(start / 1_000_000n)).toISOString(),
    duration_ms: Number(end - start) / 1e6,
    is_error: isJsonObject(span['status']) && span['status']['code'] === 2,
    attributes: readAttributes(span['attributes']),
    links: objects(span, 'links').map((link) => ({ trace_id: String(link['traceId']), span_id: String(link['spanId']) })),
  };
}

function readAttributes(list: unknown): Record<string, Json> {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(list.filter(isJsonObject).map(({ key, value }) => [String(key), readValue(value)]));
}

/** `{stringValue: "a"}`, `{intValue: "7"}`, `{arrayValue: {values: […]}}` */
function readValue(value: Json | undefined): Json {
  if (!isJsonObject(value)) return null;
  if (value['intValue'] !== undefined) return Number(value['intValue']);
  if (isJsonObject(value['arrayValue'])) return objects(value['arrayValue'], 'values').map(readValue);
  return Object.values(value)[0] ?? null;
}

function objects(of: unknown, field: string): readonly Readonly<Record<string, Json>>[] {
  const list = isJsonObject(of) ? of[field] : undefined;
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function nanoseconds(value: Json | undefined): bigint {
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : typeof value === 'number' ? BigInt(Math.trunc(value)) : 0n;
}
