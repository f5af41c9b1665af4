import { createHmac } from 'node:crypto';
import {
  DEFAULT_TENANT,
  handoffDirectory,
  handoffAccepted,
  handoffRouted,
  type Address,
  type AuthorityLimit,
  type DirectoryEntry,
  type HandoffAccepted,
  type HandoffRouted,
  type JsonObject,
  type Role,
} from '@handoff/contracts';
import { anAcceptedHandoff, aRouting, type TestService } from '@handoff/testing';

const SECRET = 'a secret that is long enough for signing';
export const ORIGIN = 'http://desk.test';
/** What every request says of where it comes from; a proxy would, and so may anybody. */
export const FORWARDED_FOR = '203.0.113.7';

export const DESK_ENV = {
  DESK_URL: ORIGIN,
  SIGN_IN_LINK_SECRET: SECRET,
  WEBHOOK_SIGNING_SECRET: `whsec_${Buffer.from(SECRET).toString('base64')}`,
};

export interface Member {
  readonly teams: readonly string[];
  readonly roles?: readonly Role[];
  readonly authority?: readonly AuthorityLimit[];
  readonly addresses?: readonly Address[];
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where the answer is no JSON. */
  readonly body: JsonObject;
}

/** People at the desk of a notifier under test, by the requests that its page makes. */
export class DeskDoor {
  private readonly cookies = new Map<string, string>();

  private constructor(private readonly notifier: TestService) {}

  /** Tells the directory of them and signs them in. */
  static async open(notifier: TestService, people: Readonly<Record<string, Member>>): Promise<DeskDoor> {
    const teams = new Set(Object.values(people).flatMap((it) => it.teams));
    const changed = { tenant: DEFAULT_TENANT, version: 1, active: true, changed_at: '2026-01-01T00:00:00Z' };
    const entries = [
      ...Object.entries(people).map(([id, it]) => ({
        ...changed,
        entry: 'person',
        id: `person:${id}`,
        name: id,
        roles: ['responder'],
        addresses: [],
        ...it,
      })),
      ...[...teams].map((id) => ({ ...changed, entry: 'team', id: `team:${id}`, name: id })),
    ];
    await notifier.deliver(handoffDirectory, entries as unknown as readonly DirectoryEntry[]); // ids are plain texts here
    const door = new DeskDoor(notifier);
    for (const subject of Object.keys(people)) door.cookies.set(subject, await door.signIn(subject));
    return door;
  }

  cookieOf(subject: string): string {
    return this.cookies.get(subject) ?? '';
  }

  /** Puts a handoff on the desk. */
  async gets(over: Parameters<typeof anAcceptedHandoff>[0] = {}, routing: Partial<HandoffRouted> = {}): Promise<HandoffAccepted> {
    const handoff = anAcceptedHandoff(over);
    await this.notifier.deliver(handoffAccepted, [handoff]);
    await this.notifier.deliver(handoffRouted, [aRouting(handoff, routing)]);
    return handoff;
  }

  async decide(as: string, handoffId: string, answer: object): Promise<Answered> {
    return this.ask(as, `handoffs/${handoffId}/decisions`, { packet_version: 1, ...answer });
  }

  async move(as: string, handoffId: string, move: object): Promise<Answered> {
    return this.ask(as, `handoffs/${handoffId}/moves`, move);
  }

  async post(as: string, path: string, body: object): Promise<Answered> {
    return this.ask(as, path, body);
  }

  async look(as: string, path: string): Promise<JsonObject> {
    return (await this.ask(as, path)).body;
  }

  /** With a body it is a POST. */
  async ask(as: string, path: string, body?: object): Promise<Answered> {
    const answer = await fetch(`${this.notifier.url}/desk/v1/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        'x-handoff-desk': '1',
        'x-forwarded-for': FORWARDED_FOR,
        origin: ORIGIN,
        cookie: this.cookieOf(as),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json') && text !== '';
    return { status: answer.status, headers: answer.headers, text, body: isJson ? (JSON.parse(text) as JsonObject) : {} };
  }

  private async signIn(subject: string): Promise<string> {
    const content = Buffer.from(JSON.stringify({ sub: subject, exp: Date.now() / 1000 + 600 })).toString('base64url');
    const token = `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
    const answer = await fetch(`${this.notifier.url}/sign-in?token=${token}`, { redirect: 'manual' });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }
}
