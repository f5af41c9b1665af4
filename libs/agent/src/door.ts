import { isJsonObject, jsonObjectIn, type Fault, type Json, type JsonObject } from '@handoff/contracts';
import { BusyError, RefusedError, UnreachableError } from './errors.js';
import type { Waited } from './transport.js';

export interface Call extends Waited {
  /** Bytes go as they are. */
  readonly body?: JsonObject | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const JSON_TYPE = 'application/json';
const BYTES = 'application/octet-stream';
/** What this installation never does, however often it is asked. */
const NOT_IMPLEMENTED = 501;

/** Intake's HTTP: each call is made once, and what it does not answer with success is thrown as what it means. */
export class Door {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async json(method: string, path: string, call: Call): Promise<JsonObject> {
    return jsonObjectIn((await this.bytes(method, path, call)).toString());
  }

  /** @throws RefusedError, BusyError, UnreachableError */
  async bytes(method: string, path: string, { body, headers, signal }: Call): Promise<Buffer> {
    const isBytes = body instanceof Uint8Array;
    const { status, bytes, retryAfter } = await this.fetched(method, path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': isBytes ? BYTES : JSON_TYPE, ...headers },
      ...(body ? { body: isBytes ? body : JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
    if (status < 300) return bytes;
    const answer = jsonObjectIn(bytes.toString());
    const reason = textIn(answer, 'code') ?? textIn(answer, 'title') ?? String(status);
    const detail = textIn(answer, 'detail') ?? `${method} ${path} was answered with ${status}.`;
    if (status === 429) throw new BusyError(retryAfter ?? 1, detail);
    if (status >= 500 && status !== NOT_IMPLEMENTED) throw new UnreachableError(this.url, new Error(detail));
    throw new RefusedError(reason, detail, objectsIn(answer, 'errors') as readonly unknown[] as readonly Fault[]); // as on handoff.rejected
  }

  /** As long as it goes on. @throws UnreachableError where there is none to be had */
  async stream(path: string, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const { ok, body } = await fetch(new URL(path, this.url), { headers: { authorization: `Bearer ${this.key}` }, signal });
    if (ok && body) return body;
    await body?.cancel();
    throw new UnreachableError(`GET ${this.url}${path}`, null);
  }

  private async fetched(method: string, path: string, init: RequestInit) {
    try {
      const response = await fetch(new URL(path, this.url), init);
      const bytes = Buffer.from(await response.arrayBuffer());
      const retryAfter = Number(response.headers.get('retry-after'));
      return { status: response.status, bytes, retryAfter: retryAfter > 0 ? retryAfter : null };
    } catch (cause) {
      init.signal?.throwIfAborted();
      throw new UnreachableError(`${method} ${this.url}`, cause);
    }
  }
}

const textIn = (from: JsonObject, field: string): string | null => (typeof from[field] === 'string' ? from[field] : null);

export function objectsIn(from: JsonObject, field: string): readonly JsonObject[] {
  const list: Json | undefined = from[field];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
