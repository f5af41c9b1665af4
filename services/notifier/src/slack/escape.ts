import { fitText } from '../domain/fit-text.js';

/** `&`, `<` and `>` are all that Slack reads as more than text, whoever wrote it: `<!channel>`, `<@U…>`, `<url|label>`. */
export const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const escapedLength = (text: string): number => escape(text).length;

/** Escaped, and cut to Slack's limit before it is: never in the middle of an entity. */
export const fitted = (text: string, limit: number): string => escape(fitText(text, limit, escapedLength));
