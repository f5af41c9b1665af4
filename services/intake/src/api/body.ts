import { isJsonObject, ok, parseJson, type JsonObject, type Result } from '@handoff/contracts';
import type { StartOptions } from '@handoff/runtime';

type App = Parameters<NonNullable<StartOptions['prepare']>>[0];

/**
 * Bodies stay bytes: what an agent sent is kept as it came, and judged by the same reader as a record. That holds whatever
 * the content type says, as many clients send JSON under the one that they happen to have.
 */
export async function keepBodiesAsBytes(app: App): Promise<void> {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', '*'])
    app.useBodyParser(type, {}, (_request: unknown, body: unknown, done: (error: Error | null, body: unknown) => void) => done(null, body));
}

export const bytesOf = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array());

/** A small body of our own form; an empty one counts as an object without fields. */
export function objectIn(body: unknown): Result<JsonObject> {
  const bytes = bytesOf(body);
  if (bytes.length === 0) return ok({});
  const parsed = parseJson(bytes);
  if (parsed.kind === 'faults') return parsed;
  return isJsonObject(parsed.value) ? ok(parsed.value) : ok({});
}
