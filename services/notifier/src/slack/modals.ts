import type { KnownBlock, ModalView } from '@slack/types';
import { isJsonObject, type Json, type JsonObject, type Packet } from '@handoff/contracts';
import { formFor, type FormField } from '../domain/edit-form.js';
import { visible } from '../domain/handoff-copy.js';
import { escape } from './escape.js';
import { LIMITS, plain } from './blocks.js';

export const MESSAGE_FIELD = 'message';
const VALUE = 'value';
const MOST_FIELDS = 40;

/** Asks for words. */
export const respondModal = (token: string, title: string): ModalView => ({
  ...modal(token, 'Answer in words', title),
  blocks: [about(title), textInput(MESSAGE_FIELD, 'What the agent should know or do', '', true)],
});

/** A field for each argument; null where they are more than Slack's forms hold, so that nothing is lost on the way. */
export function editModal(token: string, title: string, packet: Packet): ModalView | null {
  const fields = formFor(packet.recommended_action.args);
  const isTooLarge = fields.some(({ value }) => escape(value).length > LIMITS.input) || fields.length > MOST_FIELDS;
  return isTooLarge ? null : { ...modal(token, 'Approve with edits', title), blocks: [about(title), ...fields.map(inputOf)] };
}

/** What an open modal becomes once there is nothing more to fill in. */
export const saidModal = (text: string): ModalView => ({
  type: 'modal',
  title: plain('Handoff', LIMITS.title),
  close: plain('Close', LIMITS.title),
  blocks: [{ type: 'section', text: plain(text, LIMITS.section) }],
});

export const blockIdOf = (index: number): string => `arg:${index}`;

/** What was written in each field, by its block. */
export function writtenIn(state: Json | undefined): ReadonlyMap<string, string> {
  const values = isJsonObject(state) && isJsonObject(state['values']) ? state['values'] : {};
  return new Map(
    Object.entries(values).flatMap(([block, elements]) => {
      const element = isJsonObject(elements) && isJsonObject(elements[VALUE]) ? elements[VALUE] : {};
      const text = textOf(element);
      return text === null ? [] : [[block, text] as const];
    }),
  );
}

function textOf({ value, selected_option: option }: JsonObject): string | null {
  if (isJsonObject(option)) return typeof option['value'] === 'string' ? option['value'] : null;
  return typeof value === 'string' ? value : null;
}

const modal = (token: string, name: string, _title: string): Omit<ModalView, 'blocks'> => ({
  type: 'modal',
  callback_id: 'answer',
  private_metadata: token,
  title: plain(name, LIMITS.title),
  submit: plain('Send', LIMITS.title),
  close: plain('Back', LIMITS.title),
});

const about = (title: string): KnownBlock => ({ type: 'section', text: plain(visible(title), LIMITS.section) });

function inputOf({ name, kind, value }: FormField, index: number): KnownBlock {
  if (kind !== 'boolean') return textInput(blockIdOf(index), name, value, kind !== 'number');
  const options = ['true', 'false'].map((it) => ({ text: plain(it, LIMITS.button), value: it }));
  const initial = options.find((it) => it.value === value);
  return {
    type: 'input',
    block_id: blockIdOf(index),
    label: plain(visible(name), LIMITS.label),
    element: { type: 'static_select', action_id: VALUE, options, ...(initial ? { initial_option: initial } : {}) },
  };
}

function textInput(blockId: string, label: string, value: string, multiline: boolean): KnownBlock {
  return {
    type: 'input',
    block_id: blockId,
    optional: blockId !== MESSAGE_FIELD, // an empty text is a text; whether it may be is judged with the answer
    label: plain(visible(label), LIMITS.label),
    element: {
      type: 'plain_text_input',
      action_id: VALUE,
      multiline,
      max_length: LIMITS.input,
      ...(value === '' ? {} : { initial_value: value }),
    },
  };
}
