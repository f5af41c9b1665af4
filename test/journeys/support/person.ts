import { isJsonObject, type DecisionType, type JsonObject } from '@handoff/contracts';
import { eventually } from '@handoff/testing';

export interface Answer {
  readonly type: DecisionType;
  readonly message?: string;
  readonly args?: JsonObject;
  readonly asking_was?: 'necessary' | 'unnecessary';
  /** The one on the screen where it is left out. */
  readonly packet_version?: number;
}

/** Somebody at the desk, by the same requests as its page makes. */
export class Person {
  private constructor(
    private readonly desk: string,
    private readonly cookie: string,
  ) {}

  static async signIn(link: string): Promise<Person> {
    const response = await fetch(link, { redirect: 'manual' });
    const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('handoff_session='));
    if (!session) throw new Error(`The sign-in link gave ${response.status}: ${await response.text()}`);
    return new Person(new URL(link).origin, session.split(';', 1)[0] ?? session);
  }

  async queue(): Promise<readonly JsonObject[]> {
    const { body } = await this.request('/handoffs?state=open');
    return Array.isArray(body['items']) ? body['items'].filter(isJsonObject) : [];
  }

  /** Opens it as soon as this person may answer it. */
  async opens(handoffId: string): Promise<JsonObject> {
    return eventually(`${handoffId} waits for this person`, async () => {
      const { body } = await this.request(`/handoffs/${handoffId}`);
      return body['may_decide'] === true && body;
    });
  }

  async looksAt(handoffId: string): Promise<JsonObject> {
    return (await this.request(`/handoffs/${handoffId}`)).body;
  }

  async answers(handoffId: string, answer: Answer): Promise<{ readonly status: number; readonly body: JsonObject }> {
    const packet_version = answer.packet_version ?? (await this.looksAt(handoffId))['packet_version'] ?? null;
    return this.request(`/handoffs/${handoffId}/decisions`, { ...answer, packet_version });
  }

  private async request(path: string, body?: JsonObject): Promise<{ readonly status: number; readonly body: JsonObject }> {
    const response = await fetch(`${this.desk}/desk/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie: this.cookie, origin: this.desk, 'x-handoff-desk': '1', 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
    const answer: unknown = await response.json();
    return { status: response.status, body: isJsonObject(answer) ? answer : {} };
  }
}
