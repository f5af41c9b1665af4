import { escapeHtml as escape } from '../escape-html.js';
import type { CaughtMessage } from './messages.js';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
article{border:1px solid #d5dbe3;border-radius:8px;padding:.75rem 1rem;margin:1rem 0}
h2{font-size:1rem;margin:0}small{color:#5b6675}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0 0}`;

/** What people and systems outside would have received, newest first, as plain text. */
export function renderPage(messages: readonly CaughtMessage[]): string {
  const articles = messages.toReversed().map(renderMessage).join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Catcher</title><style>${STYLE}</style>
<h1>What was sent out</h1>
<p>Mail and webhooks of this system end here instead of in the world. The same as JSON: <a href="/messages">/messages</a>;
a trace: /traces/&lt;trace id&gt;.</p>
${articles || '<p>Nothing yet.</p>'}</html>`;
}

function renderMessage(message: CaughtMessage): string {
  const [title, about, body] =
    message.kind === 'email'
      ? [message.subject, `mail from ${message.from} to ${message.to.join(', ')}`, message.text]
      : [message.name, `webhook, ${message.is_signed ? 'signed' : 'NOT SIGNED'}`, JSON.stringify(message.body, null, 2)];
  return `<article><h2>${escape(title)}</h2><small>${escape(message.at)} · ${escape(about)}</small><pre>${escape(body)}</pre></article>`;
}
