import type { Shift } from '../api/use-duty.js';
import { STEP_MS, type Bar, type Span } from './track.js';

/** What is being drawn on a track: a new span from where it was begun, or another end of an override. */
export type Drag =
  | { readonly kind: 'new'; readonly anchor: number }
  | { readonly kind: 'end'; readonly override: Shift; readonly moved: 'from' | 'until'; readonly span: Span };

/** The span that comes of it where the pointer is now; never shorter than a step, unless nothing has been drawn yet. */
export function drawn(drag: Drag, at: number): Span {
  if (drag.kind === 'new') return { from: Math.min(drag.anchor, at), until: Math.max(drag.anchor, at) };
  const { span, moved } = drag;
  return moved === 'from'
    ? { from: Math.min(at, span.until - STEP_MS), until: span.until }
    : { from: span.from, until: Math.max(at, span.from + STEP_MS) };
}

/** A press without a way: what is there is meant, an override as much as a shift or a gap. */
export const isPress = (drag: Drag, { from, until }: Span): boolean => drag.kind === 'new' && until - from < STEP_MS;

export const barAt = (bars: readonly Bar[], at: number): Bar | undefined => bars.find(({ from, until }) => from <= at && at < until);
