import type { DeskPage } from './desk-page.js';

/** From now on none of the pages reads the handoff again before each of them has sent its answer, as with a slow network. */
export async function holdReads(desks: readonly DeskPage[], handoffId: string): Promise<void> {
  const isAnswer = (method: string, url: string) => method === 'POST' && url.endsWith(`${handoffId}/decisions`);
  const answered = Promise.all(desks.map(({ page }) => page.waitForRequest((it) => isAnswer(it.method(), it.url()))));
  answered.catch(() => undefined); // whoever waits for an answer that never comes fails by itself
  const isRead = (url: URL) => url.pathname === `/desk/v1/handoffs/${handoffId}`;
  await Promise.all(desks.map(({ page }) => page.route(isRead, async (route) => route.continue(void (await answered)))));
}
