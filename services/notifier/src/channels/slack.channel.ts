import { assertNever, DECISION_TYPES, type Fault } from '@handoff/contracts';
import { formFor, readForm } from '../domain/edit-form.js';
import { wordsOf } from '../domain/message-words.js';
import type { Message } from '../domain/message.js';
import { slackMessage } from '../slack/blocks.js';
import { blockIdOf, editModal, MESSAGE_FIELD, respondModal, saidModal, writtenIn } from '../slack/modals.js';
import { escape } from '../slack/escape.js';
import { readCallback, type SlackCallback } from '../slack/read-callback.js';
import { SIGNATURE_SECONDS, verifySignature } from '../slack/signature.js';
import { callSlack, type SlackAnswer, type SlackSettings } from '../slack/slack-api.js';
import type { CallbackAnswer, CallbackRequest, Doors, NotificationChannel, Pressed, Presser, SendResult } from './channel.js';
import { postJson } from './post-json.js';

const NOTHING: CallbackAnswer = { status: 200, body: '' };

/** Block Kit with buttons, in a person's own conversation with the app. Who presses is known by the account that she has linked. */
export class SlackChannel implements NotificationChannel {
  readonly channel = 'slack';
  readonly isForPeople = true;
  readonly buttons = DECISION_TYPES;

  constructor(private readonly settings: SlackSettings) {}

  async send(address: string, _id: string, message: Message): Promise<SendResult> {
    const shown = { ...slackMessage(wordsOf(message)), unfurl_links: false, unfurl_media: false, mrkdwn: false };
    return resultOf(await callSlack(this.settings, 'chat.postMessage', { channel: address, ...shown }));
  }

  async update(_address: string, reference: string, _id: string, message: Message): Promise<SendResult> {
    const [channel, ts] = reference.split('/');
    const updated = await callSlack(this.settings, 'chat.update', { channel, ts, ...slackMessage(wordsOf(message)) });
    return updated.kind === 'gone' ? { kind: 'refused', reason: updated.reason } : resultOf(updated);
  }

  async callback({ headers, body }: CallbackRequest, doors: Doors): Promise<CallbackAnswer> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const signed = { timestamp: String(headers['x-slack-request-timestamp'] ?? ''), signature: String(headers['x-slack-signature'] ?? '') };
    const verified = verifySignature(signed, bytes, this.settings.signingSecret, await doors.now());
    if (verified.kind === 'refused') return { status: 401, body: verified.because };
    if (!(await doors.isNew(verified.signature, 2 * SIGNATURE_SECONDS))) return { status: 401, body: 'This request was taken already.' };
    return this.answer(readCallback(new URLSearchParams(bytes.toString('utf8'))), doors);
  }

  async close(): Promise<void> {
    // It holds nothing open.
  }

  private async answer(callback: SlackCallback, doors: Doors): Promise<CallbackAnswer> {
    switch (callback.kind) {
      case 'pressed':
        return this.pressed(callback, doors);
      case 'submitted':
        return this.submitted(callback, doors);
      case 'command':
        return this.commanded(callback, doors);
      case 'other':
        return NOTHING;
      default:
        return assertNever(callback);
    }
  }

  /** The copy itself is closed as every other one is; what did not count is said to the one who pressed. */
  private async pressed(it: Extract<SlackCallback, { kind: 'pressed' }>, doors: Doors): Promise<CallbackAnswer> {
    const presser = this.presserOf(it);
    const refused = it.type === 'edit' || it.type === 'respond' ? await this.openModal(it, doors) : textOf(await doors.press(presser));
    if (refused !== null)
      await postJson(it.responseUrl, undefined, { response_type: 'ephemeral', replace_original: false, text: escape(refused) });
    return NOTHING;
  }

  private async openModal(it: Extract<SlackCallback, { kind: 'pressed' }>, doors: Doors): Promise<string | null> {
    const looked = await doors.look(this.presserOf(it));
    if (looked.kind === 'shut') return looked.text;
    const view = looked.type === 'edit' ? editModal(it.token, looked.title, looked.packet) : respondModal(it.token, looked.title);
    if (view === null) return `These arguments are too large for a form here. Edit them on the desk: ${looked.link}`;
    const opened = await callSlack(this.settings, 'views.open', { trigger_id: it.triggerId, view });
    return opened.kind === 'ok' ? null : `The form could not be opened: ${opened.reason} Answer on the desk: ${looked.link}`;
  }

  private async submitted(it: Extract<SlackCallback, { kind: 'submitted' }>, doors: Doors): Promise<CallbackAnswer> {
    const presser = this.presserOf(it);
    const looked = await doors.look(presser);
    if (looked.kind === 'shut') return inModal(looked.text);
    const written = writtenIn(it.state);
    if (looked.type !== 'edit') return modalAnswer(await doors.press(presser, { message: written.get(MESSAGE_FIELD) ?? null }), []);
    const fields = formFor(looked.packet.recommended_action.args);
    const args = readForm(fields, new Map(fields.map(({ name }, index) => [name, written.get(blockIdOf(index)) ?? ''])));
    const names = fields.map(({ name }) => name);
    if (args.kind === 'faults') return modalAnswer({ kind: 'refused', text: '', faults: args.faults }, names);
    return modalAnswer(await doors.press(presser, { args: args.value }), names);
  }

  private async commanded(
    { user, words: [word, code] }: Extract<SlackCallback, { kind: 'command' }>,
    doors: Doors,
  ): Promise<CallbackAnswer> {
    const text =
      word === 'link' && code
        ? await doors.link(this.channel, user, code)
        : 'Ask for a code on the desk, and say it here with: /handoff link CODE';
    return { status: 200, body: { response_type: 'ephemeral', text } };
  }

  private presserOf({ token, user }: { readonly token: string; readonly user: string }): Presser {
    return { channel: this.channel, token, account: user };
  }
}

function resultOf(answer: SlackAnswer): SendResult {
  if (answer.kind !== 'ok') return answer;
  const { channel, ts } = answer.body;
  return { kind: 'delivered', reference: typeof channel === 'string' && typeof ts === 'string' ? `${channel}/${ts}` : null };
}

const textOf = (pressed: Pressed): string | null => (pressed.kind === 'recorded' ? null : pressed.text);

const inModal = (text: string): CallbackAnswer => ({ status: 200, body: { response_action: 'update', view: saidModal(text) } });

/** What is wrong with a field is said at it; the form stays open with all that was written. */
function modalAnswer(pressed: Pressed, names: readonly string[]): CallbackAnswer {
  if (pressed.kind === 'recorded') return inModal(pressed.text);
  const errors = Object.fromEntries(pressed.faults.map((it) => [blockOf(it, names), it.message]));
  return pressed.faults.length > 0 ? { status: 200, body: { response_action: 'errors', errors } } : inModal(pressed.text);
}

function blockOf({ path }: Fault, names: readonly string[]): string {
  const index = names.findIndex((name) => path === `args.${name}` || path.startsWith(`args.${name}.`));
  return names.length === 0 ? MESSAGE_FIELD : blockIdOf(Math.max(index, 0));
}
