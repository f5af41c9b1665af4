import { isJsonObject, type DecisionType, type Json, type JsonObject } from '@handoff/contracts';
import type { Answer } from './choose-answer.js';
import { DeskRefusalError } from './desk-refusal.js';
import { signInAs } from './sign-in.js';

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

/** A signed-in person at the desk: the same requests as the page makes. */
export class DeskClient {
  private constructor(
    private readonly deskUrl: string,
    private readonly cookie: string,
    /** As a browser tells it; whoever is none need not. */
    private readonly origin: string | null,
  ) {}

  static async signIn(person: string, deskUrl: string): Promise<DeskClient> {
    return new DeskClient(deskUrl, await signInAs(person, deskUrl), deskUrl);
  }

  /** @param cookie of a session that is there; `deskUrl` may be another way to it than people's */
  static withSession(deskUrl: string, cookie: string): DeskClient {
    return new DeskClient(deskUrl, cookie, null);
  }

  async open(): Promise<readonly DeskItem[]> {
    const queue = await this.request('/handoffs?state=open');
    const items = isJsonObject(queue) ? queue['items'] : null;
    return (Array.isArray(items) ? items : []) as readonly DeskItem[]; // the desk's own shape, as its page reads it
  }

  async detail(handoffId: string): Promise<DeskDetail> {
    return (await this.request(`/handoffs/${handoffId}`)) as unknown as DeskDetail; // the desk's own shape, as its page reads it
  }

  async decide({ handoff_id, packet_version }: Pick<DeskItem, 'handoff_id' | 'packet_version'>, answer: Answer): Promise<JsonObject> {
    const decision = await this.request(`/handoffs/${handoff_id}/decisions`, { packet_version, ...answer });
    return isJsonObject(decision) ? decision : {};
  }

  private async request(path: string, body?: object): Promise<Json> {
    const response = await fetch(`${this.deskUrl}/desk/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        cookie: this.cookie,
        ...(this.origin ? { origin: this.origin } : {}),
        'x-handoff-desk': '1',
        'content-type': 'application/json',
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new DeskRefusalError(`${body ? 'POST' : 'GET'} ${path}`, response.status, text);
    return JSON.parse(text) as Json; // what JSON.parse gives is Json
  }
}

const TIMEOUT_MS = 15_000;
