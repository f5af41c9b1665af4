import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import type { JourneySystem } from './journey-system.js';
import { watchBrowser, type BrowserWatch } from './watch-browser.js';

export const CHROMIUM = '/usr/bin/chromium';
export const hasChromium = existsSync(CHROMIUM);
/** Behind the name of what is skipped: the reason. */
export const whyNot = hasChromium ? '' : ` (skipped: there is no ${CHROMIUM})`;

/** The last one: no name is looked up, so that neither the browser nor what it shows talks to anybody. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

export const openBrowser = async (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: ARGS });

export type Look = Pick<BrowserContextOptions, 'colorScheme' | 'viewport' | 'hasTouch' | 'isMobile' | 'deviceScaleFactor'>;
export const PHONE: Look = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The desk as a person sees it, in a browser of their own. Whatever the browser complains about is kept. */
export class DeskPage {
  private constructor(
    readonly page: Page,
    private readonly watch: BrowserWatch,
  ) {}

  static async signIn(browser: Browser, link: string, look: Look = {}): Promise<DeskPage> {
    const context = await browser.newContext({ ...look, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const desk = new DeskPage(page, await watchBrowser(context, new URL(link).origin));
    await page.goto(link);
    return desk;
  }

  /** On a screen, once the page hears of changes. */
  static async open(system: JourneySystem, browser: Browser, person: string): Promise<DeskPage> {
    await system.person(person); // the directory knows them
    const desk = await DeskPage.signIn(browser, system.signInLink(person), { viewport: { width: 1280, height: 900 } });
    await desk.page.getByText('Live', { exact: true }).waitFor();
    return desk;
  }

  /** What must never be: errors and warnings, refusals by the page's policy, dialogs, other pages, requests to other hosts. */
  get complaints(): readonly string[] {
    return this.watch.complaints;
  }

  /** The browser itself reports an answer that is no success; where a journey brings one about, it says so. */
  expects(complaint: RegExp): void {
    this.watch.expected.push(complaint);
  }

  /** Its line in the queue. */
  row(handoffId: string): Locator {
    return this.page.locator(`[data-queue-row="${handoffId}"]`);
  }

  /** The opened handoff. */
  get handoff(): Locator {
    return this.page.getByRole('article', { name: 'Handoff' });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get message(): Locator {
    return this.page.getByRole('textbox', { name: /^Message to the agent/ });
  }

  /** Opens it by its address, as a link in a message does. */
  async opens(handoffId: string): Promise<void> {
    await this.page.goto(new URL(`/#/handoffs/${handoffId}`, this.page.url()).href);
    await this.handoff.getByRole('heading', { name: 'What was asked for' }).waitFor();
  }

  /** What is said to be wrong with a field, as a screen reader finds it; empty where nothing is. */
  async faultOf(field: Locator): Promise<string> {
    if ((await field.getAttribute('aria-invalid')) !== 'true') return '';
    const describedBy = (await field.getAttribute('aria-describedby')) ?? '';
    const fault = describedBy.split(' ').find((id) => id.endsWith('-error')) ?? '';
    return this.page.locator(`[id="${fault}"]`).innerText();
  }

  async presses(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
