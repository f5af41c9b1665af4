import type { Milliseconds } from '@handoff/contracts';

/** From an instant up to, and without, another; in milliseconds since 1970. */
export interface Span {
  readonly from: Milliseconds;
  readonly until: Milliseconds;
}

export const ALWAYS: Span = { from: -Infinity, until: Infinity };

export const overlap = (a: Span, b: Span): Span => ({ from: Math.max(a.from, b.from), until: Math.min(a.until, b.until) });

export const isIn = (at: Milliseconds, { from, until }: Span): boolean => from <= at && at < until;

/** In order, and those that touch are one. */
export function united(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.until) joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else joined.push(span);
  }
  return joined;
}

/** Where an instant lies among spans in order: in one of them, or in what lies between. */
export function around(at: Milliseconds, spans: readonly Span[], within: Span): Span & { readonly isIn: boolean } {
  const found = spans.find((span) => isIn(at, span));
  if (found) return { ...found, isIn: true };
  const before = spans.findLast(({ until }) => until <= at)?.until ?? within.from;
  const next = spans.find(({ from }) => from > at)?.from ?? within.until;
  return { from: before, until: next, isIn: false };
}
