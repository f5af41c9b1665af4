import type { Page } from 'playwright-core';

/** Elements that scroll sideways, or hide a part of what is in them: on a page of hostile text both lose something. A switch has no text. */
const TOO_WIDE = `[...document.querySelectorAll('*')]
  .filter((it) => it === document.documentElement || (getComputedStyle(it).overflowX !== 'visible' && !it.closest('.desk-hidden')))
  .filter((it) => it.clientWidth > 0 && it.scrollWidth > it.clientWidth + 1 && !it.matches('input, .mantine-Switch-track'))
  .map((it) => it.tagName.toLowerCase() + '.' + it.className + ' is ' + it.clientWidth + ' wide and holds ' + it.scrollWidth)`;

export const tooWide = async (page: Page): Promise<readonly string[]> => page.evaluate<string[]>(TOO_WIDE);
