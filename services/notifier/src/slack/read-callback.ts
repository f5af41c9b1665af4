import { DECISION_TYPES, isJsonObject, jsonObjectIn, type DecisionType, type Json, type JsonObject } from '@handoff/contracts';
import { ACTION_PREFIX } from './blocks.js';

/** What a signed request of Slack's is about. */
export type SlackCallback =
  | {
      readonly kind: 'pressed';
      readonly type: DecisionType;
      readonly token: string;
      readonly user: string;
      readonly triggerId: string;
      readonly responseUrl: string;
    }
  | { readonly kind: 'submitted'; readonly token: string; readonly user: string; readonly state: Json | undefined }
  | { readonly kind: 'command'; readonly user: string; readonly words: readonly string[] }
  | { readonly kind: 'other' };

const OTHER = { kind: 'other' } as const;

/** Slash commands are forms of their own; interactions are JSON in one field of a form. */
export function readCallback(form: URLSearchParams): SlackCallback {
  const payload = form.get('payload');
  if (payload !== null) return readInteraction(jsonObjectIn(payload));
  const [command, user] = [form.get('command'), form.get('user_id')];
  if (command === null || user === null) return OTHER;
  return { kind: 'command', user, words: (form.get('text') ?? '').split(/\s+/).filter((it) => it !== '') };
}

function readInteraction(payload: JsonObject): SlackCallback {
  const user = textAt(payload, 'user', 'id');
  if (user === '') return OTHER;
  if (payload['type'] === 'view_submission') {
    const view = isJsonObject(payload['view']) ? payload['view'] : {};
    return { kind: 'submitted', token: textAt(view, 'private_metadata'), user, state: view['state'] };
  }
  const [action] = Array.isArray(payload['actions']) ? payload['actions'].filter(isJsonObject) : [];
  const type = DECISION_TYPES.find((it) => action && textAt(action, 'action_id') === ACTION_PREFIX + it);
  if (payload['type'] !== 'block_actions' || !action || !type) return OTHER;
  return {
    kind: 'pressed',
    type,
    token: textAt(action, 'value'),
    user,
    triggerId: textAt(payload, 'trigger_id'),
    responseUrl: textAt(payload, 'response_url'),
  };
}

function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = path.reduce<Json | undefined>((it, key) => (isJsonObject(it) ? it[key] : undefined), value);
  return typeof found === 'string' ? found : '';
}
