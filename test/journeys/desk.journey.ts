import { eventually } from '@handoff/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { CHROMIUM, DeskPage, hasChromium, openBrowser } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

(hasChromium ? describe : describe.skip)(`the desk in a browser${hasChromium ? '' : ` (skipped: there is no ${CHROMIUM})`}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let agent: Agent;
  let ben: Person;
  let desk: DeskPage;

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start(), openBrowser()]);
    [agent, ben] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ben')]);
  });
  beforeEach(async () => {
    desk = await DeskPage.signIn(browser, system.signInLink('ana'));
    await desk.page.getByText('Ana').first().waitFor();
  });
  afterEach(async () => {
    expect(desk.complaints).toEqual([]);
    await desk.page.context().close();
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  it('lists what waits as soon as it is there; opened and approved with the mouse, the agent hears it', async () => {
    const { handoff_id } = await agent.asks({ original_request: 'Refund the broken kettle.' });
    const row = desk.row(handoff_id);
    await row.waitFor();
    expect(await row.innerText()).toContain('Refund the broken kettle.');
    await row.click();
    await desk.handoff.getByText('The customer waits for an answer.').waitFor();
    expect(desk.page.url()).toMatch(new RegExp(`/#/handoffs/${handoff_id}$`));

    await desk.button('Approve').click();
    await desk.page.getByText('The agent is told to carry out its recommended action').waitFor();
    await desk.page.getByLabel('No', { exact: true }).check();
    await desk.button('Confirm approval').click();
    await desk.page.getByText('recorded, and on its way to the agent').waitFor();
    await row.waitFor({ state: 'detached' });

    const decision = await agent.decision(handoff_id);
    expect(decision).toMatchObject({ type: 'approve', asking_was: 'necessary', decided_by: [{ subject: 'ana', channel: 'desk' }] });
    expect(await agent.feedback(handoff_id)).toMatchObject({ escalation: { verdict: 'necessary', source: 'person' } });
  });

  it('is answered by the keyboard alone', async () => {
    const { handoff_id } = await agent.asks();
    await desk.row(handoff_id).waitFor();
    await desk.page.keyboard.press('j');
    await desk.page.keyboard.press('Enter');
    await desk.button('Approve').waitFor();
    await desk.page.keyboard.press('a');
    await desk.button('Confirm approval').waitFor();
    await desk.page.keyboard.press('Control+Enter');
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'approve' });
  });

  it.each([
    ['Reject', 'Confirm rejection', { type: 'reject', action: null, message: 'Not without the receipt.' }],
    ['Respond', 'Confirm response', { type: 'respond', action: null, message: 'Not without the receipt.' }],
    ['Take over', 'Confirm taking over', { type: 'take_over', action: null, message: null }],
  ])('takes “%s”, with the words for the agent', async (start, confirm, decision) => {
    const { handoff_id } = await agent.asks();
    await desk.row(handoff_id).click();
    await desk.button(start).click();
    if (decision.message) await desk.page.getByRole('textbox', { name: /^Message to the agent/ }).fill(decision.message);
    await desk.button(confirm).click();
    expect(await agent.decision(handoff_id)).toMatchObject(decision);
  });

  it('takes edited arguments and keeps their types', async () => {
    const { handoff_id } = await agent.asks();
    await desk.row(handoff_id).click();
    await desk.button('Approve with edits').click();
    await desk.page.getByRole('textbox', { name: 'amount' }).fill('99.5');
    await desk.button('Confirm edited approval').click();
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'edit', action: { args: { order_id: '4711', amount: 99.5 } } });
  });

  it('says by itself that another person was first, and takes its buttons away', async () => {
    const { handoff_id } = await agent.asks();
    await desk.row(handoff_id).click();
    await desk.button('Approve').waitFor();
    await ben.opens(handoff_id);
    await ben.answers(handoff_id, { type: 'reject', message: 'Ask again tomorrow.' });
    await desk.handoff.getByText('Decided by Ben').waitFor();
    await desk.handoff.getByText('Ask again tomorrow.').waitFor();
    await desk.button('Approve').waitFor({ state: 'detached' });
    await desk.row(handoff_id).waitFor({ state: 'detached' });
  });

  it('shows by itself that the opened handoff has ended when many end at once', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => agent.asks()));
    const [opened] = asked;
    if (!opened) throw new Error('Nothing was asked.');
    await desk.row(opened.handoff_id).click();
    await desk.button('Approve').waitFor();
    await system.service('routing').stop(); // so that it ends them all in one go
    await Promise.all(asked.map(({ handoff_id }) => agent.posts(`/${handoff_id}/withdraw`, { reason: 'All were refunded at once.' })));
    await system.service('routing').start();
    await desk.handoff.getByText('Withdrawn by the agent').waitFor({ timeout: 20_000 });
    await eventually('none waits any more', async () => (await ben.queue()).length === 0);
  });
});
