import { isJsonObject, type JsonObject } from '@handoff/contracts';
import type { Random } from '../random.js';
import { DoorClosedError, knock, RefusedError, type Knocked } from './knock.js';

export interface DeskDoors {
  /** Of notifier's replicas; the first one's is the desk's own address. */
  readonly urls: readonly string[];
  readonly signInLink: (person: string) => string;
}

/** Somebody at the desk, at whichever replica answers. Every method throws while the door is closed. */
export class Person {
  private cookie: string | null = null;

  constructor(
    readonly id: string,
    private readonly doors: DeskDoors,
    private readonly random: Random,
  ) {}

  async looksAt(handoffId: string): Promise<JsonObject | null> {
    const { status, body } = await this.request(`/handoffs/${handoffId}`);
    return status === 200 ? body : null;
  }

  async decides(handoffId: string, answer: object): Promise<Knocked> {
    return this.request(`/handoffs/${handoffId}/decisions`, answer);
  }

  async moves(handoffId: string, move: JsonObject): Promise<Knocked> {
    return this.request(`/handoffs/${handoffId}/moves`, move);
  }

  /** @returns the handoff's id; the same again for the same task */
  async delegates(task: JsonObject): Promise<string> {
    const { status, body } = await this.request('/delegations', task);
    if (status === 422 || status === 403) throw new RefusedError(`${this.id}'s delegation`, status, body);
    if (status !== 201 && status !== 200) throw new Error(`The desk said ${status}: ${String(body['detail'])}`);
    return String(body['handoff_id']);
  }

  /** @param act `pause` or `resume` */
  async controls(act: 'pause' | 'resume', control: JsonObject): Promise<Knocked> {
    return this.request(`/controls/${act}`, control);
  }

  /** @param body to apply a policy; left out to read one */
  async policies(path: '' | '/current', body?: JsonObject): Promise<Knocked> {
    return this.request(`/policies${path}`, body, true);
  }

  async open(): Promise<readonly JsonObject[]> {
    const { body } = await this.request('/handoffs?state=open');
    return Array.isArray(body['items']) ? body['items'].filter(isJsonObject) : [];
  }

  /** A session may be gone: the database that holds it was set back. */
  private async request(path: string, body?: object, isUrgent = false): Promise<Knocked> {
    this.cookie ??= await this.signIn();
    const url = this.random.pick(this.doors.urls);
    const headers = { cookie: this.cookie, origin: this.doors.urls[0] ?? url, 'x-handoff-desk': '1' };
    const answer = await knock(`${url}/desk/v1${path}`, { method: body ? 'POST' : 'GET', body, headers, isUrgent });
    if (answer.status !== 401) return answer;
    this.cookie = null;
    throw new DoorClosedError(url, 'the session has ended; signing in again');
  }

  private async signIn(): Promise<string> {
    const link = this.doors.signInLink(this.id).replace(this.doors.urls[0] ?? '', this.random.pick(this.doors.urls));
    const response = await fetch(link, { redirect: 'manual', signal: AbortSignal.timeout(8000) });
    const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('handoff_session='));
    if (!session) throw new DoorClosedError(link, `the sign-in link was answered ${response.status}: ${await response.text()}`);
    return session.split(';', 1)[0] ?? session;
  }
}
