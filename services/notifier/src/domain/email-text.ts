import type { Words } from './message-words.js';

/** What is read first comes first: what changed, then enough to know whether to get up, then the ways to answer. */
export function emailText(
  { news, facts, sections, link }: Words,
  answers: readonly { readonly label: string; readonly url: string }[],
): string {
  return [
    ...(news === null ? [] : [news, '']),
    ...facts,
    ...sections.flatMap(({ heading, text }) => ['', heading, text]),
    '',
    ...answers.flatMap(({ label, url }) => [`${label} (opens a page, decides nothing yet):`, url, '']),
    'All of it, and every answer:',
    link,
  ].join('\n');
}
