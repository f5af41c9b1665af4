import type { DecisionType } from '@handoff/contracts';
import type { DeskPage } from './desk-page.js';

const WORDS = 'By keys.';
const KEYS: Readonly<Record<DecisionType, string>> = { approve: 'a', edit: 'e', reject: 'r', respond: 'm', take_over: 't' };

/** Answers what is open with nothing but keys, from the letter that starts it to the chord that confirms. */
export async function answerByKeys(desk: DeskPage, type: DecisionType): Promise<void> {
  await desk.presses(KEYS[type]);
  await desk.page.locator('[data-first-focus]:focus').waitFor(); // the panel is there and has the focus
  if (type === 'edit') await editFirstField(desk);
  if (type === 'reject' || type === 'respond') {
    await desk.presses('Tab');
    await desk.page.keyboard.type(WORDS);
  }
  await desk.presses('Control+Enter');
}

/** Behind the words that are in it, and within a number's digits. */
async function editFirstField(desk: DeskPage): Promise<void> {
  await desk.presses('Tab', 'Control+End');
  await desk.page.keyboard.type('1');
}
