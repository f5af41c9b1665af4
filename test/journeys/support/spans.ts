import type { CaughtSpan } from '@handoff/local';

/** Spans of all services as a trace store has them. */
export class Spans {
  private readonly byId: ReadonlyMap<string, CaughtSpan>;

  constructor(private readonly all: readonly CaughtSpan[]) {
    this.byId = new Map(all.map((span) => [span.span_id, span]));
  }

  of(traceId: string): readonly CaughtSpan[] {
    return this.all.filter(({ trace_id }) => trace_id === traceId);
  }

  /** In any trace where none is named. */
  named(service: string, name: string, traceId?: string): readonly CaughtSpan[] {
    return this.all.filter((it) => it.service === service && it.name === name && (traceId === undefined || it.trace_id === traceId));
  }

  parentOf({ parent_span_id }: CaughtSpan): CaughtSpan | null {
    return this.byId.get(parent_span_id ?? '') ?? null;
  }

  /** The span itself, what it came from, and so on. */
  wayBack(span: CaughtSpan): readonly CaughtSpan[] {
    const parent = this.parentOf(span);
    return parent ? [span, ...this.wayBack(parent)] : [span];
  }

  /** Those whose parent is nowhere, and no span of somebody outside either. */
  orphans(traceId: string, outside: readonly string[]): readonly CaughtSpan[] {
    const isKnown = (id: string | null) => id === null || this.byId.has(id) || outside.includes(id);
    return this.of(traceId).filter(({ parent_span_id }) => !isKnown(parent_span_id));
  }

  /** What its first link leads to. */
  linkOf({ links: [link] }: CaughtSpan): CaughtSpan | null {
    return this.byId.get(link?.span_id ?? '') ?? null;
  }

  /** Those that have a link to it. */
  linkedFrom({ span_id }: CaughtSpan): readonly CaughtSpan[] {
    return this.all.filter(({ links }) => links.some((link) => link.span_id === span_id));
  }
}
