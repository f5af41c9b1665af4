import { isJsonObject, type DecisionType, type JsonObject, type Timeline } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { LiveUpdates } from './live-updates.js';

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
    /** Where the requests go; the desk's own address, unless a test means one replica. */
    private readonly door = desk,
  ) {}

  static async signIn(link: string): Promise<Person> {
    const response = await fetch(link, { redirect: 'manual' });
    const session = response.headers.getSetCookie().find((cookie) => cookie.startsWith('handoff_session='));
    if (!session) throw new Error(`The sign-in link gave ${response.status}: ${await response.text()}`);
    return new Person(new URL(link).origin, session.split(';', 1)[0] ?? session);
  }

  /** The same person in the same session, whose requests all go to one replica. */
  at(replica: string): Person {
    return new Person(this.desk, this.cookie, replica);
  }

  /** The live updates that an open page gets: the ids of handoffs that changed, as they come. */
  async follows(): Promise<LiveUpdates> {
    return LiveUpdates.open(`${this.door}/desk/v1/events`, { cookie: this.cookie });
  }

  async signsOut(): Promise<void> {
    await this.send('/sign-out', {});
  }

  async me(): Promise<{ readonly status: number; readonly body: JsonObject }> {
    return this.request('/me');
  }

  async queue(): Promise<readonly JsonObject[]> {
    const { body } = await this.request('/handoffs?state=open');
    return Array.isArray(body['items']) ? body['items'].filter(isJsonObject) : [];
  }

  async lists(query: string): Promise<readonly JsonObject[]> {
    const { body } = await this.request(`/handoffs?${query}`);
    return Array.isArray(body['items']) ? body['items'].filter(isJsonObject) : [];
  }

  /** Everybody and every team that something can be handed over to, by their ids. */
  async mayHandTo(): Promise<readonly string[]> {
    const { body } = await this.request('/directory');
    return [body['people'], body['teams']].flatMap((all) =>
      Array.isArray(all) ? all.filter(isJsonObject).map(({ id }) => String(id)) : [],
    );
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

  /** All that has happened to it, in every service. */
  async traces(handoffId: string): Promise<Timeline> {
    return (await this.request(`/handoffs/${handoffId}/history`)).body as unknown as Timeline; // as notifier writes it
  }

  async answers(handoffId: string, answer: Answer): Promise<{ readonly status: number; readonly body: JsonObject }> {
    const packet_version = answer.packet_version ?? (await this.looksAt(handoffId))['packet_version'] ?? null;
    return this.request(`/handoffs/${handoffId}/decisions`, { ...answer, packet_version });
  }

  /** Gives an agent a task. */
  async delegates(delegation: JsonObject): Promise<{ readonly status: number; readonly body: JsonObject }> {
    return this.request('/delegations', delegation);
  }

  /** Opens it once this version of it is there to be answered. */
  async reviews(handoffId: string, packetVersion: number): Promise<JsonObject> {
    return eventually(`version ${packetVersion} of ${handoffId} waits for this person`, async () => {
      const seen = await this.looksAt(handoffId);
      return seen['state'] === 'open' && seen['packet_version'] === packetVersion && seen;
    });
  }

  async moves(handoffId: string, move: JsonObject): Promise<{ readonly status: number; readonly body: JsonObject }> {
    return this.request(`/handoffs/${handoffId}/moves`, move);
  }

  /** What leads read of agents and models, and do with models. */
  async asksForFigures(path: string, body?: JsonObject): Promise<{ readonly status: number; readonly body: JsonObject }> {
    return this.request(path, body);
  }

  private async request(path: string, body?: JsonObject): Promise<{ readonly status: number; readonly body: JsonObject }> {
    const response = await this.send(path, body);
    const answer: unknown = await response.json();
    return { status: response.status, body: isJsonObject(answer) ? answer : {} };
  }

  private async send(path: string, body?: JsonObject): Promise<Response> {
    return fetch(`${this.door}/desk/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { cookie: this.cookie, origin: this.desk, 'x-handoff-desk': '1', 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : null,
    });
  }
}
