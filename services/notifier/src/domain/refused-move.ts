import { fault, type Fault } from '@handoff/contracts';

/** Why a move was not made. */
export type RefusedMove =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'has-ended' }
  | { readonly kind: 'may-not'; readonly because: string }
  | { readonly kind: 'no-use'; readonly code: string; readonly because: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

export const noUse = (code: string, because: string): RefusedMove => ({ kind: 'no-use', code, because });
export const missing = (path: string, message: string): RefusedMove => ({ kind: 'faults', faults: [fault(path, 'missing', message)] });
export const wrong = (path: string, message: string): RefusedMove => ({
  kind: 'faults',
  faults: [fault(path, 'not_allowed_value', message)],
});
