import { HandoffError, isJsonObject, type DecisionType, type Json, type JsonObject } from '@handoff/contracts';
import type { Answer } from './choose-answer.js';

export interface DeskItem {
  readonly handoff_id: string;
  readonly task_id: string;
  readonly packet_version: number;
  readonly may_decide: boolean;
}

export interface DeskDetail extends DeskItem {
  readonly packet: JsonObject;
  readonly allowed_decisions: readonly DecisionType[];
}

export class DeskRefusalError extends HandoffError {
  readonly code = 'DESK_REFUSAL';
  constructor(
    what: string,
    readonly status: number,
    readonly body: string,
  ) {
    super(`The desk answered ${status} to ${what}: ${body.slice(0, 500)}`);
  }
}

/** A signed-in person at the desk: the same requests as the page makes. */
export class DeskClient {
  private constructor(
    private readonly deskUrl: string,
    private readonly cookie: string,
  ) {}

  /** Follows a sign-in link and keeps the session that it gives. */
  static async signIn(link: string): Promise<DeskClient> {
    const response = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('handoff_session='));
    if (!session) throw new DeskRefusalError('a sign-in link', response.status, await response.text());
    return new DeskClient(new URL(link).origin, session.split(';', 1)[0] ?? session);
  }

  async open(): Promise<readonly DeskItem[]> {
    const queue = await this.request('/handoffs?state=open');
    const items = isJsonObject(queue) ? queue['items'] : null;
    return (Array.isArray(items) ? items : []) as readonly DeskItem[]; // the desk's own shape, as its page reads it
  }

  async detail(handoffId: string): Promise<DeskDetail> {
    return (await this.request(`/handoffs/${handoffId}`)) as unknown as DeskDetail; // the desk's own shape, as its page reads it
  }

  async decide({ handoff_id, packet_version }: DeskItem, answer: Answer): Promise<JsonObject> {
    const decision = await this.request(`/handoffs/${handoff_id}/decisions`, { packet_version, ...answer });
    return isJsonObject(decision) ? decision : {};
  }

  private async request(path: string, body?: object): Promise<Json> {
    const response = await fetch(`${this.deskUrl}/desk/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie: this.cookie, origin: this.deskUrl, 'x-handoff-desk': '1', 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new DeskRefusalError(`${body ? 'POST' : 'GET'} ${path}`, response.status, text);
    return JSON.parse(text) as Json; // what JSON.parse gives is Json
  }
}

const TIMEOUT_MS = 15_000;
