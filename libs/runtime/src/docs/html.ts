/** HTML that is made of our own words and of escaped text. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (it) => ESCAPES[it] ?? it);

/** Whatever is put in as text is text. */
export function html(words: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: words.reduce((whole, word, at) => whole + write(parts[at - 1] ?? '') + word) };
}

function write(part: Part): string {
  if (typeof part === 'object') return 'html' in part ? part.html : part.map((it) => it.html).join('');
  return escape(String(part));
}

export const NOTHING: Html = { html: '' };
