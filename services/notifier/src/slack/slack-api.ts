import type { JsonObject } from '@handoff/contracts';
import type { SendResult } from '../channels/channel.js';
import { postJson } from '../channels/post-json.js';

export interface SlackSettings {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly timeoutMs?: number;
}

export type SlackAnswer = { readonly kind: 'ok'; readonly body: JsonObject } | Exclude<SendResult, { readonly kind: 'delivered' }>;

/** Nobody is there, or the place is closed. */
const GONE = ['channel_not_found', 'is_archived', 'user_not_found', 'user_disabled', 'messages_tab_disabled'];
/** Trouble at Slack: the same call may do later. */
const PASSING = ['ratelimited', 'rate_limited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'accesslimited'];

/** One call of the Web API; Slack says what went wrong in the body, under a status of 200. */
export async function callSlack({ apiUrl, botToken, timeoutMs }: SlackSettings, method: string, body: object): Promise<SlackAnswer> {
  const posted = await postJson(`${apiUrl.replace(/\/$/, '')}/${method}`, botToken, body, timeoutMs);
  if (posted.kind === 'failed') return posted;
  const { status, retryAfter } = posted;
  if (status === 200 && posted.body['ok'] === true) return { kind: 'ok', body: posted.body };
  const error = typeof posted.body['error'] === 'string' ? posted.body['error'] : `HTTP ${status}`;
  const reason = `Slack answered ${error}.`;
  if (status === 410 || GONE.includes(error)) return { kind: 'gone', reason };
  const isPassing = status === 429 || status >= 500 || PASSING.includes(error);
  return isPassing ? { kind: 'failed', reason, ...(retryAfter === null ? {} : { retryIn: retryAfter }) } : { kind: 'refused', reason };
}
