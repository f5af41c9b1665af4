import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { axeFindings } from './support/axe-findings.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';

const HELD_SECONDS = 4;

(hasChromium ? describe : describe.skip)(`what a person does short of deciding, and after it${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let agent: Agent;
  let desk: DeskPage;

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start({ holdSeconds: HELD_SECONDS }), openBrowser()]);
    agent = await system.agentWithKey('refunds-agent');
    await system.person('ana');
  });
  beforeEach(async () => {
    desk = await DeskPage.signIn(browser, system.signInLink('ana'), { viewport: { width: 1280, height: 900 } });
    await desk.page.getByText('Live', { exact: true }).waitFor();
  });
  afterEach(async () => {
    await desk.close();
    expect(desk.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  it('an answer is held for some seconds and can be taken back; what is critical is sent at once', async () => {
    const [held, critical] = [await agent.asks(), await agent.asks({ urgency: 'high' })];
    await desk.opens(held.handoff_id);
    await desk.button('Reject').click();
    await desk.message.fill('Not without the receipt.');
    await desk.button('Confirm rejection').click();
    await desk.button('Take it back').waitFor();
    expect(await axeFindings(desk.page)).toEqual([]);

    await desk.opens(critical.handoff_id);
    await desk.button('Approve').click();
    await desk.button('Confirm approval').click();
    expect(await agent.decision(critical.handoff_id)).toMatchObject({ type: 'approve' });

    await desk.presses('z');
    await desk.button('Take it back').waitFor({ state: 'detached' });
    await desk.button('Reject').click();
    expect(await desk.message.inputValue()).toBe('Not without the receipt.');
    await desk.button('Confirm rejection').click();
    await desk.button('Send now').click();
    expect(await agent.decision(held.handoff_id)).toMatchObject({ type: 'reject', message: 'Not without the receipt.' });
  });

  it('an answer is sent by itself once its seconds are over, wherever its person is by then, and one that is refused says who was first', async () => {
    const [sent, lost] = [await agent.asks(), await agent.asks()];
    desk.expects(/status of 409/);
    for (const { handoff_id } of [sent, lost]) {
      await desk.opens(handoff_id);
      await desk.button('Approve').click();
      await desk.button('Confirm approval').click();
    }
    const ben = await system.person('ben');
    await ben.answers(lost.handoff_id, { type: 'reject', message: 'Ask again tomorrow.' });
    expect(await agent.decision(sent.handoff_id)).toMatchObject({ type: 'approve', decided_by: [{ subject: 'ana' }] });
    await desk.page.getByText(/^Not recorded\. .*ben rejected this/).waitFor();
    await desk.button('Open it').click();
    await desk.handoff.getByText('Ask again tomorrow.').waitFor();
  });

  it('the agent is asked and answers into the thread; it is commented on, put off and handed over', async () => {
    const { handoff_id: id } = await agent.asks();
    await desk.opens(id);
    await desk.button('Acknowledge').click();
    await desk.button('Release').waitFor();
    await moves('Comment', 'Comment', 'The photo looks like another jug.', 'Add the comment');
    await moves('Ask the agent', 'Question', 'Is the jug blue?', 'Send the question');
    await desk.handoff.getByText('The agent has been asked and has not answered yet').waitFor();
    const { question_id } = await agent.isAsked(id);
    await agent.posts(`/${id}/answers`, { question_id, text: 'It is green.' });
    await desk.handoff.getByText('It is green.').waitFor();
    await agent.posts(`/${id}/context`, { context: { current_state: 'The customer sent a second photo.' } });
    const changes = desk.handoff.getByRole('table', { name: 'What version 2 changed' });
    await changes.getByText('The customer sent a second photo.').waitFor();
    expect(await axeFindings(desk.page)).toEqual([]);

    await desk.button('More').click();
    await desk.page.getByRole('menuitem', { name: 'Put off' }).click();
    await dialog().getByLabel('Until').selectOption({ label: 'For 15 minutes' });
    expect(await axeFindings(desk.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Put it off' }).click();
    await desk.row(id).waitFor({ state: 'detached' });
    await desk.page.getByText(/^All \d/).click();
    await desk.row(id).getByText('Put off').waitFor();

    await desk.button('More').click();
    await desk.page.getByRole('menuitem', { name: 'Hand over' }).click();
    await dialog().getByRole('button', { name: 'Hand it over' }).click();
    expect(await desk.faultOf(dialog().getByLabel('To'))).toBe('Name the person or the team that it goes to.');
    await dialog().getByLabel('To').selectOption({ label: 'Ben' });
    await dialog().getByRole('button', { name: 'Hand it over' }).click();
    await desk.handoff.getByText(/handed it over to ben/).waitFor();
  });

  it('what was taken over stays on the list until it is done; what was approved is recalled', async () => {
    const [taken, approved] = [await agent.asks(), await agent.asks()];
    await desk.opens(taken.handoff_id);
    await desk.button('Take over').click();
    await desk.button('Confirm taking over').click();
    await desk.button('Send now').click();
    await desk.page.getByText('Held 1').click();
    await desk.row(taken.handoff_id).click();
    await moves('Done', 'Result', 'Sent her a new jug.', 'It is done');
    await desk.row(taken.handoff_id).waitFor({ state: 'detached' });

    await desk.opens(approved.handoff_id);
    await desk.button('Approve').click();
    await desk.button('Confirm approval').click();
    await desk.button('Send now').click();
    await agent.decision(approved.handoff_id);
    await desk.opens(approved.handoff_id);
    await moves('Recall', 'Why (optional)', 'The wrong order.', 'Ask it to stop');
    await desk.handoff.getByText('The agent has been asked to stop').waitFor();
    await agent.posts(`/${approved.handoff_id}/recall`, { reply: 'stopped', text: 'Nothing was paid.' });
    await desk.handoff.getByText('The agent has stopped').waitFor();
  });

  it('several of the very same action are answered at once, and what was decided on it before is shown', async () => {
    const same = { recommended_action: { name: 'close_ticket', args: { reason: 'spam' } } };
    const [first, second] = [await agent.asks(same), await agent.asks(same)];
    await Promise.all([desk.row(first.handoff_id).waitFor(), desk.row(second.handoff_id).waitFor()]);
    await desk.opens(first.handoff_id);
    await desk.button('Approve').click();
    await desk.page.getByLabel('Also answer the other one that asks for the very same action').check();
    expect(await axeFindings(desk.page)).toEqual([]);
    await desk.button('Confirm approval').click();
    await desk.button('Send now').click();
    await desk.page.getByText('2 answers are recorded.').waitFor();
    for (const { handoff_id } of [first, second]) expect(await agent.decision(handoff_id)).toMatchObject({ type: 'approve' });
    const third = await agent.asks(same);
    await desk.opens(third.handoff_id);
    await desk.handoff.getByText('the very same action').first().waitFor();
  });

  it('where several must agree, it is said who has answered so far', async () => {
    const careful = system.agent('careful-agent');
    const { handoff_id: id } = await careful.asks();
    await desk.opens(id);
    await desk.button('Approve').click();
    await desk.button('Confirm approval').click();
    await desk.button('Send now').click();
    await desk.page.getByText('Your answer is recorded: 1 of 2 agree so far.').waitFor();
    await desk.opens(id);
    await desk.handoff.getByText('2 people have to agree; 1 answered so far').waitFor();
    const ben = await system.person('ben');
    await ben.opens(id);
    expect((await ben.answers(id, { type: 'approve' })).status).toBe(201);
    await desk.handoff.getByText('Decided by you, ben').waitFor();
  });

  const dialog = () => desk.page.getByRole('dialog');

  async function moves(item: string, label: string, note: string, confirm: string): Promise<void> {
    await desk.button('More').click();
    await desk.page.getByRole('menuitem', { name: item }).click();
    await dialog().getByLabel(label).fill(note);
    await dialog().getByRole('button', { name: confirm }).click();
    await dialog().waitFor({ state: 'detached' });
  }
});
