import type { Json } from '@handoff/contracts';
import { childrenOf } from './describe-json.js';

export interface Found {
  /** As `orders.0.id`. */
  readonly path: string;
  readonly value: Json;
}

/** Leaves whose name or value has the text in it, in any case, at most so many. */
export function searchJson(value: Json, text: string, most = 100): readonly Found[] {
  const wanted = text.trim().toLowerCase();
  const found: Found[] = [];
  const visit = (at: Json, path: string, isInside: boolean): void => {
    if (found.length >= most) return;
    const children = childrenOf(at);
    if (children.length === 0 && (isInside || String(at).toLowerCase().includes(wanted))) found.push({ path, value: at });
    for (const [name, child] of children)
      visit(child, path === '' ? name : `${path}.${name}`, isInside || name.toLowerCase().includes(wanted));
  };
  if (wanted !== '') visit(value, '', false);
  return found;
}

/** Whether there are so many leaves that somebody would rather search than unfold. */
export function isLarge(value: Json, leaves = 12): boolean {
  let count = 0;
  const visit = (at: Json): void => {
    const children = childrenOf(at);
    if (children.length === 0) count++;
    for (const [, child] of children) if (count <= leaves) visit(child);
  };
  visit(value);
  return count > leaves;
}
