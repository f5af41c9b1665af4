import { createHmac } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '@handoff/contracts';
import { FakeReceiver, type ReceivedRequest, type ScriptedAnswer } from './fake-receiver.js';

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

export interface SlackButton {
  readonly actionId: string;
  readonly value: string;
}

const BOT_TOKEN = 'xoxb-of-the-fake';
const MOST_BLOCKS = 50;
const LONGEST_TEXT: Readonly<Record<string, number>> = { section: 3000, header: 150 };

/** A workspace that speaks the documented Web API and signs what people do in it; it refuses what Slack refuses. */
export class FakeSlack {
  readonly messages: SlackMessage[] = [];
  readonly views: JsonObject[] = [];
  /** What was said to one person alone, behind a `response_url`. */
  readonly whispers: string[] = [];
  readonly botToken = BOT_TOKEN;
  private clock = 1_767_225_600;
  private triggers = 0;

  private constructor(
    readonly http: FakeReceiver,
    readonly signingSecret: string,
  ) {}

  static async start(signingSecret: string): Promise<FakeSlack> {
    const slack: FakeSlack = new FakeSlack(await FakeReceiver.start((request) => slack.take(request)), signingSecret);
    return slack;
  }

  get apiUrl(): string {
    return `${this.http.url}/api`;
  }

  stop(): Promise<void> {
    return this.http.stop();
  }

  /** The conversation of the app with one member. */
  of(user: string): readonly SlackMessage[] {
    return this.messages.filter(({ channel }) => channel === conversationOf(user));
  }

  /** A press of a button, signed as Slack signs it. */
  pressed(user: string, { actionId, value }: SlackButton): SignedCallback {
    return this.interaction({
      type: 'block_actions',
      user: { id: user },
      trigger_id: this.trigger(),
      response_url: `${this.http.url}/response`,
      actions: [{ type: 'button', action_id: actionId, value }],
    });
  }

  /** The open modal sent off, with these texts in its fields. */
  submitted(user: string, view: JsonObject, values: Readonly<Record<string, string>>): SignedCallback {
    const state = {
      values: Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { value: { type: 'plain_text_input', value } }])),
    };
    return this.interaction({ type: 'view_submission', user: { id: user }, view: { ...view, state } });
  }

  command(user: string, text: string): SignedCallback {
    return this.signed(new URLSearchParams({ command: '/handoff', user_id: user, text, trigger_id: this.trigger() }).toString());
  }

  /** No two requests of Slack's are the same, though somebody does the same twice within a second. */
  private trigger(): string {
    return `trigger-${++this.triggers}`;
  }

  signed(body: string, at = Math.floor(Date.now() / 1000), secret = this.signingSecret): SignedCallback {
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(at),
      'x-slack-signature': signature,
    };
    return { method: 'POST', headers, body };
  }

  private interaction(payload: JsonObject): SignedCallback {
    return this.signed(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  }

  private take({ path, headers, body }: ReceivedRequest): ScriptedAnswer {
    const content = JSON.parse(body) as JsonObject;
    if (path === '/response') {
      this.whispers.push(String(content['text']));
      return { status: 200, body: 'ok' };
    }
    if (headers.authorization !== `Bearer ${BOT_TOKEN}`) return error('invalid_auth');
    switch (path.replace('/api/', '')) {
      case 'chat.postMessage':
        return this.keep(conversationOf(String(content['channel'])), `${++this.clock}.000100`, content);
      case 'chat.update': {
        const [channel, ts] = [String(content['channel']), String(content['ts'])];
        return this.messages.some((it) => it.channel === channel && it.ts === ts)
          ? this.keep(channel, ts, content)
          : error('message_not_found');
      }
      case 'views.open':
        this.views.push(content['view'] as JsonObject);
        return { status: 200, body: { ok: true, view: { id: 'V1' } } };
      default:
        return error('unknown_method');
    }
  }

  private keep(channel: string, ts: string, content: JsonObject): ScriptedAnswer {
    const blocks = Array.isArray(content['blocks']) ? content['blocks'].filter(isJsonObject) : [];
    if (String(content['text']).length > 40_000) return error('msg_too_long');
    if (blocks.length > MOST_BLOCKS || blocks.some(isTooLong)) return error('invalid_blocks');
    const message = { channel, ts, text: String(content['text']), blocks };
    const at = this.messages.findIndex((it) => it.channel === channel && it.ts === ts);
    if (at === -1) this.messages.push(message);
    else this.messages[at] = message;
    return { status: 200, body: { ok: true, channel, ts } };
  }
}

export interface SignedCallback {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The buttons of a message, by what their action is. */
export function slackButtons({ blocks }: SlackMessage): ReadonlyMap<string, SlackButton> {
  const elements = blocks.flatMap((block) => (Array.isArray(block['elements']) ? block['elements'].filter(isJsonObject) : []));
  return new Map(elements.map((it) => [String(it['action_id']), { actionId: String(it['action_id']), value: String(it['value']) }]));
}

/** All that Slack would read as mrkdwn, and so could be told to do more than show. */
export function mrkdwnIn(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isJsonObject(value)) return [];
  const own = value['type'] === 'mrkdwn' && typeof value['text'] === 'string' ? [value['text']] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}

const conversationOf = (user: string): string => (user.startsWith('U') ? `D${user.slice(1)}` : user);

const error = (name: string): ScriptedAnswer => ({ status: 200, body: { ok: false, error: name } });

function isTooLong(block: JsonObject): boolean {
  const limit = LONGEST_TEXT[String(block['type'])];
  const text = isJsonObject(block['text']) ? String(block['text']['text'] ?? '') : '';
  return limit !== undefined && (text.length > limit || text.length === 0);
}
