import { jsonObjectIn, type JsonObject } from '@handoff/contracts';
import { retryAfter } from '@handoff/webhook';

export interface Posted {
  readonly kind: 'answered';
  readonly status: number;
  /** Seconds that the provider wants to be left alone; null where it does not say. */
  readonly retryAfter: number | null;
  /** Empty where the answer is no JSON object. */
  readonly body: JsonObject;
}

export type PostResult = Posted | { readonly kind: 'failed'; readonly reason: string };

const TIMEOUT_MS = 10_000;

/** To a provider of the installation's own choice. Redirects are not followed: the token in the headers is for that host alone. */
export async function postJson(url: string, token: string | undefined, body: object, timeoutMs = TIMEOUT_MS): Promise<PostResult> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json; charset=utf-8', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    return { kind: 'answered', status: answer.status, retryAfter: retryAfter(answer.headers.get('retry-after')), body: jsonObjectIn(text) };
  } catch (error) {
    const { name, message, cause } = error as Error;
    return {
      kind: 'failed',
      reason: name === 'TimeoutError' ? 'It did not answer in time.' : `${message}${cause instanceof Error ? `: ${cause.message}` : ''}`,
    };
  }
}
