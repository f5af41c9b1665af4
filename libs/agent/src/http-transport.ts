import {
  isJsonObject,
  jsonObjectIn,
  type Fault,
  type HandoffAssignment,
  type HandoffId,
  type Json,
  type JsonObject,
  type Kind,
  type Seconds,
} from '@handoff/contracts';
import { Bell } from './bell.js';
import { BusyError, RefusedError, UnreachableError } from './errors.js';
import { wordsIn, type Offer } from './told-by-door.js';
import type { HandoffState, Reply, ReplyType, Transport, Waited } from './transport.js';
import { persist } from './waiting.js';

export interface HttpOptions {
  /** Where intake listens, for example `http://127.0.0.1:4100`. */
  readonly url: string;
  /** `hk_…`, as `npm run agent-key -- add` prints it. */
  readonly key: string;
  /** How long one call goes on while nothing answers; waiting for a decision goes on until it is aborted. */
  readonly patience?: Seconds;
  /** How often it looks for tasks while the event stream, which says when to look, is out of reach. */
  readonly lookEvery?: Seconds;
}

const PATIENCE: Seconds = 120;
const WAIT: Seconds = 30;
const LOOK_EVERY: Seconds = 2;
const PAGE = 200;
const DOORS: Readonly<Record<Kind, string>> = {
  escalation: '/v1/handoffs',
  transfer: '/v1/transfers',
  delegation: '/v1/agents/me/delegations',
};
/** After a first try whose answer was lost, these say that it was taken. */
const TAKEN_BEFORE: readonly string[] = ['already_answered', 'already_delivered'];
/** Where each reply goes; what is about an offer goes to one place. */
const PATHS: Readonly<Partial<Record<ReplyType, string>>> = {
  withdraw: 'withdraw',
  add_context: 'context',
  answer: 'answers',
  stopped: 'recall',
  already_done: 'recall',
};

interface Call extends Waited {
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Needs nothing but `fetch`; hears answers by long-poll, and of tasks when its event stream says so. */
export class HttpTransport implements Transport {
  private readonly patience: Seconds;

  constructor(private readonly options: HttpOptions) {
    this.patience = options.patience ?? PATIENCE;
  }

  async handOff(kind: Kind, sent: JsonObject, idempotencyKey: string, { signal }: Waited): Promise<HandoffState> {
    const headers = { 'idempotency-key': idempotencyKey };
    const taken = await this.ask('POST', DOORS[kind], { body: sent, headers, signal });
    return this.state(taken['handoff_id'] as HandoffId, { signal }); // as the door has just said
  }

  async state(handoffId: HandoffId, { signal }: Waited): Promise<HandoffState> {
    return stateIn(await this.ask('GET', `/v1/handoffs/${handoffId}`, { signal }));
  }

  async newer(seen: HandoffState, { signal }: Waited): Promise<HandoffState> {
    const path = `/v1/handoffs/${seen.handoff_id}?wait=${WAIT}&after=${seen.sequence}`;
    return stateIn(await persist(() => this.once('GET', path, { signal }), Infinity, signal));
  }

  async open({ signal }: Waited): Promise<readonly HandoffState[]> {
    const found: HandoffState[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: JsonObject = await this.ask('GET', `/v1/handoffs?status=open&limit=${PAGE}${cursor && `&cursor=${cursor}`}`, { signal });
      found.push(...objectsIn(page, 'handoffs').map(stateIn));
      cursor = typeof page['next_cursor'] === 'string' ? page['next_cursor'] : null;
    }
    return found;
  }

  async reply({ handoff_id: id }: Pick<HandoffState, 'handoff_id'>, { reply, ...more }: Reply, { signal }: Waited): Promise<void> {
    const path = `/v1/handoffs/${id}/${PATHS[reply] ?? 'replies'}`;
    await persist(
      async (attempt) => {
        try {
          await this.once('POST', path, { body: { reply, ...more }, signal });
        } catch (error) {
          if (attempt === 1 || !(error instanceof RefusedError && TAKEN_BEFORE.includes(error.reason))) throw error;
        }
      },
      this.patience,
      signal,
    );
  }

  async sent({ handoff_id: id }: HandoffState, version: number, { signal }: Waited): Promise<JsonObject | null> {
    return this.ask('GET', `/v1/handoffs/${id}/packet?version=${version}`, { signal });
  }

  async *assignments(signal: AbortSignal): AsyncIterable<HandoffAssignment> {
    const known = new Set<string>();
    const ended = new AbortController();
    const bell = new Bell((until) => this.stream(until), this.options.lookEvery ?? LOOK_EVERY);
    const listening = bell.listen(AbortSignal.any([signal, ended.signal]));
    try {
      for (let isFirst = true; !signal.aborted; isFirst = false) {
        for (const offer of await this.looked(signal))
          for (const { name, isOld, told } of wordsIn(offer)) {
            if (!known.has(name) && !(isFirst && isOld)) yield told;
            known.add(name);
          }
        await bell.rung();
      }
    } finally {
      ended.abort();
      await listening;
    }
  }

  async register(abilities: JsonObject, { signal }: Waited): Promise<void> {
    await this.ask('PUT', '/v1/agents/me', { body: abilities, signal });
  }

  async beat({ signal }: Waited): Promise<void> {
    await this.ask('POST', '/v1/agents/me/heartbeat', { signal });
  }

  async outcome(outcome: JsonObject, { signal }: Waited): Promise<void> {
    await this.ask('POST', '/v1/outcomes', { body: outcome, signal });
  }

  advice(about: JsonObject, { signal }: Waited): Promise<JsonObject> {
    return this.ask('POST', '/v1/advice', { body: about, signal });
  }

  async close(): Promise<void> {}

  private async looked(signal: AbortSignal): Promise<readonly Offer[]> {
    try {
      const page = await persist(() => this.once('GET', `/v1/assignments?limit=${PAGE}`, { signal }), Infinity, signal);
      return objectsIn(page, 'assignments') as readonly unknown[] as readonly Offer[]; // as on the topic
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }

  private async stream(signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    const { url, key } = this.options;
    const { ok, body } = await fetch(new URL('/v1/events', url), { headers: { authorization: `Bearer ${key}` }, signal });
    if (ok && body) return body;
    await body?.cancel();
    throw new UnreachableError(`GET ${url}/v1/events`, null);
  }

  private ask(method: string, path: string, call: Call): Promise<JsonObject> {
    return persist(() => this.once(method, path, call), this.patience, call.signal);
  }

  private async once(method: string, path: string, { body, headers, signal }: Call): Promise<JsonObject> {
    const { status, answer, retryAfter } = await this.fetched(method, path, {
      method,
      headers: { authorization: `Bearer ${this.options.key}`, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
    if (status < 300) return answer;
    const reason = textIn(answer, 'code') ?? textIn(answer, 'title') ?? String(status);
    const detail = textIn(answer, 'detail') ?? `${method} ${path} was answered with ${status}.`;
    if (status === 429) throw new BusyError(retryAfter ?? 1, detail);
    if (status >= 500) throw new UnreachableError(this.options.url, new Error(detail));
    throw new RefusedError(reason, detail, objectsIn(answer, 'errors') as readonly unknown[] as readonly Fault[]); // as on handoff.rejected
  }

  private async fetched(method: string, path: string, init: RequestInit) {
    try {
      const response = await fetch(new URL(path, this.options.url), init);
      const text = await response.text();
      const retryAfter = Number(response.headers.get('retry-after'));
      return { status: response.status, answer: jsonObjectIn(text), retryAfter: retryAfter > 0 ? retryAfter : null };
    } catch (cause) {
      init.signal?.throwIfAborted();
      throw new UnreachableError(`${method} ${this.options.url}`, cause);
    }
  }
}

const stateIn = (view: JsonObject): HandoffState => view as unknown as HandoffState; // intake's own view, which has all of it

const textIn = (from: JsonObject, field: string): string | null => (typeof from[field] === 'string' ? from[field] : null);

function objectsIn(from: JsonObject, field: string): readonly JsonObject[] {
  const list: Json | undefined = from[field];
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
