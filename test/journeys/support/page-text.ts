import type { Page } from 'playwright-core';

/** Everything in the page that is told to somebody: its text, its labels and its title. A field holds what is to be edited, as it is. */
const TOLD = `(() => {
  const body = document.body.cloneNode(true);
  for (const field of body.querySelectorAll('textarea')) field.remove();
  const labels = [...body.querySelectorAll('[title], [aria-label]')].flatMap((it) => [it.getAttribute('title'), it.getAttribute('aria-label')]);
  return [document.title, body.textContent, ...labels].join('\\n');
})()`;
/** Whatever would load, run or lead somewhere; the page's own files are in its head and in its header. */
const MADE = `[...document.querySelectorAll('main script, main img, main iframe, main object, main form, main a')]
  .filter((it) => !/^(https?:|#\\/)/.test(it.getAttribute('href') ?? ''))
  .map((it) => it.outerHTML)`;
const FOLDED = 'main details:not([open]) > summary, main [aria-expanded="false"]';

export const pageText = async (page: Page): Promise<string> => page.evaluate<string>(TOLD);
export const madeOfText = async (page: Page): Promise<readonly string[]> => page.evaluate<string[]>(MADE);

/** Opens whatever is folded, and what was folded within it. */
export async function unfoldAll(page: Page): Promise<void> {
  for (let rounds = 0; rounds < 10 && (await page.locator(FOLDED).count()) > 0; rounds++)
    await page.evaluate(`for (const it of document.querySelectorAll('${FOLDED}')) it.click()`);
}
