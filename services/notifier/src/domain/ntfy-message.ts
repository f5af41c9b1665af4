import type { Button } from './message.js';
import type { Words } from './message-words.js';
import { fitText } from './fit-text.js';

const bytesOf = (text: string): number => Buffer.byteLength(text);
/** Beyond it the server makes an attachment of the text, which a phone does not show. */
const MESSAGE_BYTES = 4096;
const TITLE_BYTES = 250;
const LABELS = { approve: 'Approve', reject: 'Reject' } as const;
const PRIORITIES = { urgent: 5, normal: 3, update: 2 } as const;

/** As ntfy publishes it from JSON: plain text, never Markdown. A message with the same sequence takes the earlier one's place. */
export function ntfyMessage(words: Words, callbackUrl: string, isUpdate: boolean) {
  const { news, facts, sections, subject, link, isUrgent, buttons } = words;
  const text = [...(news === null ? [] : [news]), ...facts, ...sections.flatMap(({ heading, text: it }) => ['', heading, it])].join('\n');
  return {
    title: fitText(subject, TITLE_BYTES, bytesOf),
    message: fitText(text.trim() === '' ? subject : text, MESSAGE_BYTES, bytesOf),
    priority: isUpdate ? PRIORITIES.update : isUrgent ? PRIORITIES.urgent : PRIORITIES.normal,
    click: link,
    actions: [...buttons.flatMap((it) => actionOf(it, callbackUrl)), { action: 'view', label: 'Open the desk', url: link }],
  };
}

function actionOf({ type, token }: Button, url: string) {
  if (type !== 'approve' && type !== 'reject') return []; // three actions are the most, and words cannot be given here
  const headers = { 'Content-Type': 'application/json' };
  return [{ action: 'http', label: LABELS[type], url, method: 'POST', headers, body: JSON.stringify({ token }), clear: false }];
}
