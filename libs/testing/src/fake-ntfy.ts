import { newId } from '@handoff/contracts';
import { FakeReceiver, type ReceivedRequest, type ScriptedAnswer } from './fake-receiver.js';

export interface NtfyMessage {
  readonly topic: string;
  readonly sequence_id?: string;
  readonly title: string;
  readonly message: string;
  readonly priority: number;
  readonly actions: readonly { readonly action: string; readonly label: string; readonly url: string; readonly body?: string }[];
}

const MESSAGE_BYTES = 4096;
const MOST_ACTIONS = 3;

/** A server that takes messages as https://docs.ntfy.sh/publish says, refuses what it refuses, and shows what a phone would. */
export class FakeNtfy {
  private readonly published: NtfyMessage[] = [];
  private constructor(readonly http: FakeReceiver) {}

  static async start(token: string): Promise<FakeNtfy> {
    const ntfy: FakeNtfy = new FakeNtfy(await FakeReceiver.start((request) => ntfy.take(request, token)));
    return ntfy;
  }

  get url(): string {
    return this.http.url;
  }

  /** What is in a topic: of one sequence the last message alone. */
  shown(topic: string): readonly NtfyMessage[] {
    const bySequence = new Map(this.published.filter((it) => it.topic === topic).map((it) => [it.sequence_id ?? newId(), it]));
    return [...bySequence.values()];
  }

  stop(): Promise<void> {
    return this.http.stop();
  }

  private take({ method, path, headers, body }: ReceivedRequest, token: string): ScriptedAnswer {
    if (headers.authorization !== `Bearer ${token}`) return refusal(401, 40101, 'unauthorized');
    if (method !== 'POST' || path !== '/') return refusal(404, 40401, 'page not found');
    const message = JSON.parse(body) as NtfyMessage;
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(message.topic)) return refusal(400, 40009, 'invalid request: topic invalid');
    if (message.sequence_id !== undefined && !/^[-_A-Za-z0-9]{1,64}$/.test(message.sequence_id))
      return refusal(400, 40049, 'sequence id invalid');
    if (Buffer.byteLength(message.message) > MESSAGE_BYTES) return refusal(413, 41301, 'message too large');
    if (message.actions.length > MOST_ACTIONS) return refusal(400, 40018, 'only 3 actions allowed');
    this.published.push(message);
    return { status: 200, body: { id: newId().slice(0, 12), event: 'message', ...message } };
  }
}

const refusal = (status: number, code: number, error: string): ScriptedAnswer => ({ status, body: { code, http: status, error } });
