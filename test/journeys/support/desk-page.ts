import { existsSync } from 'node:fs';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

export const openBrowser = async (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGS });

/** The desk as a person sees it, in a browser of their own. Whatever the browser complains about is kept. */
export class DeskPage {
  readonly complaints: string[] = [];

  private constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  static async signIn(browser: Browser, link: string): Promise<DeskPage> {
    const desk = new DeskPage(await (await browser.newContext()).newPage());
    await desk.page.goto(link);
    return desk;
  }

  /** Its line in the queue. */
  row(handoffId: string): Locator {
    return this.page.locator(`a[href$="/handoffs/${handoffId}"]`);
  }

  /** The opened handoff. */
  get handoff(): Locator {
    return this.page.getByRole('article', { name: 'Handoff' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
}
