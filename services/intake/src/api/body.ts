import { isJsonObject, MAX_PACKET_BYTES, ok, parseJson, type JsonObject, type Result } from '@handoff/contracts';
import type { StartOptions } from '@handoff/runtime';
import type { Readable } from 'node:stream';

type App = Parameters<NonNullable<StartOptions['prepare']>>[0];

/**
 * Bodies stay bytes: what an agent sent is kept as it came, and judged by the same reader as a record. That holds whatever
 * the content type says, as many clients send JSON under the one that they happen to have.
 */
export async function keepBodiesAsBytes(app: App): Promise<void> {
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', '*'])
    app.useBodyParser(type, {}, (_request: unknown, body: unknown, done: (error: Error | null, body: unknown) => void) => done(null, body));
  app.getHttpAdapter().getInstance().addContentTypeParser(BYTES, readBytes);
}

export const BYTES = 'application/octet-stream';
export const OBJECTS_PATH = '/v1/objects/';

/** An object goes through as it comes, whatever its size; anything else of that type is a body like any. */
async function readBytes({ url }: { readonly url: string }, body: Readable): Promise<Readable | Buffer> {
  if (url.startsWith(OBJECTS_PATH)) return body;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    chunks.push(chunk);
    if (size > MAX_PACKET_BYTES) break; // too large, as whoever reads it will say
  }
  return Buffer.concat(chunks);
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
