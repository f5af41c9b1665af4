import type { Button as SlackButton, KnownBlock, PlainTextElement } from '@slack/types';
import type { DecisionType } from '@handoff/contracts';
import type { Button } from '../domain/message.js';
import type { Words } from '../domain/message-words.js';
import { fitted } from './escape.js';

/** https://docs.slack.dev/reference/block-kit: characters. */
export const LIMITS = {
  header: 150,
  section: 3000,
  text: 4000,
  button: 75,
  title: 24,
  input: 3000,
  label: 2000,
  metadata: 3000,
  blocks: 50,
};

/** Packet text is a `plain_text` object everywhere: Slack reads no mrkdwn in it, no mention and no emoji. */
export const plain = (text: string, limit: number): PlainTextElement => ({
  type: 'plain_text',
  text: fitted(text || ' ', limit),
  emoji: false,
});

export const LABELS: Readonly<Record<DecisionType, string>> = {
  approve: 'Approve',
  edit: 'Approve with edits…',
  reject: 'Reject',
  respond: 'Answer in words…',
  take_over: 'Take over',
};

export const ACTION_PREFIX = 'decide:';

/** The text is what a notification shows, and what is read aloud. */
export function slackMessage(words: Words): { readonly text: string; readonly blocks: readonly KnownBlock[] } {
  const paragraphs = [...(words.news === null ? [] : [words.news]), ...(words.facts.length > 0 ? [words.facts.join('\n')] : [])];
  const blocks: readonly KnownBlock[] = [
    { type: 'header', text: plain(words.subject, LIMITS.header) },
    ...paragraphs.map((text): KnownBlock => ({ type: 'section', text: plain(text, LIMITS.section) })),
    ...words.sections.map(({ heading, text }): KnownBlock => ({ type: 'section', text: plain(`${heading}\n${text}`, LIMITS.section) })),
    { type: 'actions', elements: [...words.buttons.map(buttonOf), openButton(words.link)] },
  ];
  return { text: fitted([words.subject, ...paragraphs].join('\n'), LIMITS.text), blocks };
}

const openButton = (url: string): SlackButton => ({ type: 'button', action_id: 'open', text: plain('Open the desk', LIMITS.button), url });

/** What is not asked again in a modal is confirmed: nobody decides by a slip. */
function buttonOf({ type, token }: Button): SlackButton {
  const asksMore = type === 'edit' || type === 'respond';
  const confirm = {
    title: plain(`${LABELS[type]}?`, LIMITS.title),
    text: plain('This answers the agent. It counts at once.', 300),
    confirm: plain(LABELS[type], 30),
    deny: plain('Back', 30),
  };
  return {
    type: 'button',
    action_id: ACTION_PREFIX + type,
    text: plain(LABELS[type], LIMITS.button),
    value: token,
    ...(type === 'approve' ? { style: 'primary' } : type === 'reject' ? { style: 'danger' } : {}),
    ...(asksMore ? {} : { confirm }),
  };
}
