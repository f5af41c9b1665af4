import { sha256, type HandoffAssignment, type HandoffId, type JsonObject, type Kind, type Seconds } from '@handoff/contracts';
import { Bell } from './bell.js';
import { Door, objectsIn, type Call } from './door.js';
import { RefusedError } from './errors.js';
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

/** Needs nothing but `fetch`; hears answers by long-poll, and of tasks when its event stream says so. */
export class HttpTransport implements Transport {
  private readonly patience: Seconds;
  private readonly door: Door;

  constructor(private readonly options: HttpOptions) {
    this.door = new Door(options.url, options.key);
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
    return stateIn(await persist(() => this.door.json('GET', path, { signal }), Infinity, signal));
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
          await this.door.json('POST', path, { body: { reply, ...more }, signal });
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
    const bell = new Bell((until) => this.door.stream('/v1/events', until), this.options.lookEvery ?? LOOK_EVERY);
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

  async putObject(bytes: Uint8Array, { signal }: Waited): Promise<string> {
    const name = sha256(bytes);
    await this.ask('PUT', `/v1/objects/${name}`, { body: bytes, signal });
    return name;
  }

  async object(name: string, { signal }: Waited): Promise<Uint8Array> {
    const bytes = await persist(() => this.door.bytes('GET', `/v1/objects/${name}`, { signal }), this.patience, signal);
    const found = sha256(bytes);
    if (found !== name)
      throw new RefusedError('checksum_mismatch', `Object ${name} came as bytes whose SHA-256 is ${found}; nothing may be done with them.`);
    return bytes;
  }

  async close(): Promise<void> {}

  private async looked(signal: AbortSignal): Promise<readonly Offer[]> {
    try {
      const page = await persist(() => this.door.json('GET', `/v1/assignments?limit=${PAGE}`, { signal }), Infinity, signal);
      return objectsIn(page, 'assignments') as readonly unknown[] as readonly Offer[]; // as on the topic
    } catch (error) {
      if (signal.aborted) return [];
      throw error;
    }
  }

  private ask(method: string, path: string, call: Call): Promise<JsonObject> {
    return persist(() => this.door.json(method, path, call), this.patience, call.signal);
  }
}

const stateIn = (view: JsonObject): HandoffState => view as unknown as HandoffState; // intake's own view, which has all of it
