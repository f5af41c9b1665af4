import type { DecisionType } from '@handoff/contracts';
import type { Words } from '../domain/message-words.js';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}
h1{font-size:1.3rem}h2{font-size:1rem;margin:1.2rem 0 0}p,pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.3rem 0}
textarea{width:100%;box-sizing:border-box;font:inherit}button{font:inherit;padding:.6rem 1.2rem;margin:1rem 0;cursor:pointer}
@media(prefers-color-scheme:dark){body{color:#e6e9ee;background:#15181d}a{color:#8ab4f8}}`;

const LABELS: Readonly<Record<DecisionType, string>> = {
  approve: 'Approve',
  edit: 'Approve with edits',
  reject: 'Reject',
  respond: 'Send this answer',
  take_over: 'Take over',
};

/** All of it, as text, and one real press. */
export function actionPage({ subject, facts, sections, link }: Words, type: DecisionType): string {
  const parts = sections.map(({ heading, text }) => `<h2>${escapeHtml(heading)}</h2><pre>${escapeHtml(text)}</pre>`);
  const words = type === 'respond' ? 'What the agent should know or do' : 'A word to the agent (may be left out)';
  return page(
    subject,
    `${facts.map((fact) => `<p>${escapeHtml(fact)}</p>`).join('')}${parts.join('')}
<form method="post"><h2><label for="message">${words}</label></h2>
<textarea id="message" name="message" rows="3" maxlength="16384"${type === 'respond' ? ' required' : ''}></textarea>
<button>${LABELS[type]}</button></form>
<p>Other answers, and everything about it: <a href="${escapeHtml(link)}">on the desk</a>.</p>`,
  );
}

export const saidPage = (text: string, link: { readonly href: string; readonly label: string }): string =>
  page('Handoff', `<p>${escapeHtml(text)}</p><p><a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a></p>`);

const page = (title: string, content: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
