import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import { faultsOfView } from './support/sound-views.js';

(hasChromium ? describe : describe.skip)(`a person who comes to the desk${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let agent: Agent;

  beforeAll(async () => {
    system = await JourneySystem.start({ signIn: 'provider' });
    agent = system.agent('support-agent');
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it('signs in at the company’s provider, is led to the handoff of the link, and out again at every replica', async () => {
    const { handoff_id: handoffId } = await agent.asks({ original_request: 'Refund order 4711' });
    const desk = await DeskPage.signIn(browser, `${system.deskUrl}/#/handoffs/${handoffId}`);
    desk.expects(/request: http:\/\/127\.0\.0\.1:\d+\/(auth|choose|session|favicon)/); // the provider is another site
    desk.expects(/status of 40[14]/);
    const { page } = desk;
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect(await faultsOfView(desk)).toEqual([]);

    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Ana' }).click();
    await desk.handoff.getByText('Refund order 4711').first().waitFor();
    expect(page.url()).toBe(`${system.deskUrl}/#/handoffs/${handoffId}`);
    expect(await page.evaluate('document.cookie')).toBe('');

    const other = await DeskPage.signIn(browser, `${system.deskUrl}/sign-in`);
    other.expects(/request: http:\/\/127\.0\.0\.1:\d+\/(auth|choose|session|favicon)/);
    other.expects(/status of 404/);
    await other.page.getByRole('button', { name: 'Ben' }).click();
    await other.button('Sign out').waitFor();

    await desk.button('Sign out').click();
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Ana' }).waitFor(); // the provider, too, has forgotten her
    await other.page.reload();
    await other.button('Sign out').waitFor();
    expect([...desk.complaints, ...other.complaints]).toEqual([]);
    await Promise.all([desk.close(), other.close()]);
  });
});
