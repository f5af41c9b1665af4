import { eventually } from '@handoff/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { axeFindings } from './support/axe-findings.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

(hasChromium ? describe : describe.skip)(`the desk in a browser${whyNot}`, () => {
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
    await desk.close();
    expect(desk.complaints).toEqual([]);
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

  it('takes every other answer, with the words for the agent, and no response without words', async () => {
    const words = 'Ask for the receipt.\n¿De acuerdo? 👍';
    const answers = [
      ['Reject', 'Confirm rejection', { type: 'reject', action: null, message: words }],
      ['Respond', 'Confirm response', { type: 'respond', action: null, message: words }],
      ['Take over', 'Confirm taking over', { type: 'take_over', action: null, message: null }],
    ] as const;
    for (const [start, confirm, decision] of answers) {
      const { handoff_id } = await agent.asks();
      await desk.row(handoff_id).click();
      await desk.button(start).click();
      if (decision.type === 'respond') {
        await desk.button(confirm).click();
        expect(await desk.faultOf(desk.message)).toBe('Write what the agent should be told.');
      }
      if (decision.message) await desk.message.fill(decision.message);
      await desk.button(confirm).click();
      expect(await agent.decision(handoff_id)).toMatchObject(decision);
    }
  });

  it('takes edited arguments, keeps their types, and says what is wrong with one at its field', async () => {
    const args = { order_id: '4711', amount: 129.5, notify: true, coupon: null, to: { city: 'Rome', floor: null }, lines: [1, 2] };
    const args_schema = { properties: { amount: { maximum: 100 } } };
    const { handoff_id } = await agent.asks({ recommended_action: { name: 'refund_order', args }, args_schema });
    const field = (name: string) => desk.page.getByRole('textbox', { name, exact: true });
    const confirm = async () => desk.button('Confirm edited approval').click();
    desk.expects(/status of 422/);
    await desk.row(handoff_id).click();
    await desk.button('Approve with edits').click();

    await field('amount').fill('about 90');
    await field('to').fill('{"city": "Oslo"');
    await confirm();
    expect(await desk.faultOf(field('amount'))).toMatch(/^Enter a number/);
    expect(await desk.faultOf(field('to'))).toMatch(/^This is not valid JSON/);
    expect(await desk.faultOf(field('order_id'))).toBe('');

    await field('amount').fill('500');
    await field('to').fill('{"city": "Oslo", "floor": null}');
    await confirm();
    await desk.page.getByText('Not decided').waitFor(); // this one is the server's own finding
    expect(await desk.faultOf(field('amount'))).toMatch(/must be <= 100/);

    await field('amount').fill('99.5');
    await desk.page.getByRole('combobox', { name: 'notify' }).selectOption('false');
    await field('order_id').fill('0815');
    await confirm();
    expect((await agent.decision(handoff_id)).action?.args).toEqual({
      ...{ order_id: '0815', amount: 99.5, notify: false, coupon: null },
      ...{ to: { city: 'Oslo', floor: null }, lines: [1, 2] },
    });
  });

  it('edits and responds by the forms that the agent’s schemas make, each fault at its field and each type kept', async () => {
    const args = {
      amount: 980,
      to: { iban: 'DE02120300000000202051' },
      days: 3,
      notify: true,
      notes: ['first'],
      ref: 'kept',
      api_key: 'sk-4f9d2c7b1e',
    };
    const args_schema = {
      type: 'object',
      required: ['amount', 'days'],
      properties: {
        amount: { type: 'number', maximum: 100, title: 'Amount in EUR', description: 'Paid back at once' },
        to: { type: 'object', title: 'Account', properties: { iban: { type: 'string', pattern: '^DE' } } },
        days: { enum: ['any', 3, 14] },
        notify: { type: 'boolean' },
        notes: { type: 'array', items: { type: 'string' } },
        ref: { type: 'string' },
        api_key: { type: 'string', pattern: '^sk-' },
      },
    };
    const response_schema = { type: 'object', required: ['size'], properties: { size: { type: 'integer', title: 'Size' } } };
    const packet = {
      original_request: 'Refund 98.00 EUR by card within 3 days',
      recommended_action: { name: 'refund', args },
      args_schema,
      response_schema,
    };
    const [edited, answered] = [await agent.asks(packet), await agent.asks(packet)];
    const field = (name: string) => desk.page.getByRole('textbox', { name });

    await desk.row(edited.handoff_id).click();
    await desk.handoff.getByText('The arguments say more than the words').waitFor();
    const marked = desk.handoff.getByRole('row').filter({ hasText: 'Not in the agent’s words' });
    expect((await marked.getByRole('rowheader').allInnerTexts()).toSorted()).toEqual(['amount', 'to']);
    await desk.button('Approve with edits').click();
    expect(await field('api_key').isDisabled()).toBe(true); // a secret, which is not shown
    await field('iban').fill('GB33');
    await desk.button('Confirm edited approval').click();
    expect(await desk.faultOf(field('Amount in EUR'))).toBe('980 is greater than 100.');
    expect(await desk.faultOf(field('iban'))).toMatch(/pattern/);
    await field('Amount in EUR').fill('98.5');
    await field('iban').fill('DE75512108001245126199');
    await desk.page.getByRole('combobox', { name: 'days' }).selectOption({ label: '14' });
    await desk.page.getByRole('checkbox', { name: 'notify' }).uncheck();
    await desk.button('Add one').click();
    await field('notes').last().fill('second');
    expect(await axeFindings(desk.page)).toEqual([]);
    await desk.button('Confirm edited approval').click();
    expect((await agent.decision(edited.handoff_id)).action?.args).toEqual({
      ...{ amount: 98.5, to: { iban: 'DE75512108001245126199' }, days: 14, notify: false },
      ...{ notes: ['first', 'second'], ref: 'kept', api_key: expect.not.stringContaining('4f9d') },
    });

    await desk.opens(answered.handoff_id);
    await desk.button('Respond').click();
    await field('Size').waitFor();
    await desk.button('Confirm response').click();
    await field('Size').fill('42');
    await desk.button('Confirm response').click();
    expect((await agent.decision(answered.handoff_id)).message).toBe('{"size":42}');
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

  it('shows what happened while it was read for the first time', async () => {
    const { handoff_id } = await agent.asks();
    const row = desk.row(handoff_id);
    await row.waitFor();
    const isRead = (url: URL) => url.pathname === `/desk/v1/handoffs/${handoff_id}`;
    let isFirst = true; // by hand: a route that is over after so many times is one that nobody waits for at the end
    await desk.page.route(isRead, async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      const response = await route.fetch();
      await ben.answers(handoff_id, { type: 'reject', message: 'Ask again tomorrow.' });
      await row.waitFor({ state: 'detached' });
      await route.fulfill({ response });
    });
    await row.click();
    await desk.handoff.getByText('Decided by Ben').waitFor();
    await desk.page.unrouteAll({ behavior: 'wait' }); // it may be known before the queue is, which the held read waits for
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
    await desk.handoff.getByRole('alert').getByText('Withdrawn', { exact: true }).waitFor({ timeout: 20_000 });
    await eventually('none waits any more', async () => (await ben.queue()).length === 0);
  });
});
