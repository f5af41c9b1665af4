import type { Milliseconds } from '@handoff/contracts';

/** What came of a look: something was seen, or nobody answered within the time that it was given. */
export type Looked<T> =
  | { readonly kind: 'seen'; readonly value: T; readonly tookMs: Milliseconds }
  | { readonly kind: 'unseen'; readonly why: string; readonly tookMs: Milliseconds };

export const valueOf = <T>(looked: Looked<T>): T | null => (looked.kind === 'seen' ? looked.value : null);

/** Waits so long and no longer: what does not answer is itself seen, and keeps nobody waiting. */
export async function lookWithin<T>(ms: Milliseconds, look: (signal: AbortSignal) => Promise<T>): Promise<Looked<T>> {
  const begun = performance.now();
  const tookMs = (): Milliseconds => Math.round(performance.now() - begun);
  const timeout = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms / 1000} s`));
      timeout.abort();
    }, ms);
  });
  try {
    return { kind: 'seen', value: await Promise.race([look(timeout.signal), tooLate]), tookMs: tookMs() };
  } catch (error) {
    return { kind: 'unseen', why: reasonOf(error), tookMs: tookMs() };
  } finally {
    clearTimeout(timer);
  }
}

/** The innermost reason says most: fetch and kafkajs wrap what the network said. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message = '', cause, errors } = error as Partial<Error & { readonly errors: readonly unknown[] }>;
  const inner = cause ?? errors?.[0];
  return (inner === undefined ? '' : reasonOf(inner)) || message || 'no reason given';
}
