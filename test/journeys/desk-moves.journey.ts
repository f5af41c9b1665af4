import type { HandoffAccepted } from '@handoff/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { axeFindings } from './support/axe-findings.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';

const HELD_SECONDS = 4;

(hasChromium ? describe : describe.skip)(`what a person does short of deciding, and after it${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let agent: Agent;
  let ben: Person;
  let desk: DeskPage;

  const signsIn = (person: string): Promise<DeskPage> => DeskPage.open(system, browser, person);

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start({ holdSeconds: HELD_SECONDS, replicas: 1 }), openBrowser()]);
    [agent, ben] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ben')]);
  });
  beforeEach(async () => {
    desk = await signsIn('ana');
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
    const [held, critical] = [await asks(), await asks({ urgency: 'high' })];
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
    const [sent, lost] = [await asks(), await asks()];
    desk.expects(/status of 409/);
    for (const { handoff_id } of [sent, lost]) {
      await desk.opens(handoff_id);
      await desk.button('Approve').click();
      await desk.button('Confirm approval').click();
    }
    await ben.answers(lost.handoff_id, { type: 'reject', message: 'Ask again tomorrow.' });
    expect(await agent.decision(sent.handoff_id)).toMatchObject({ type: 'approve', decided_by: [{ subject: 'ana' }] });
    await desk.page.getByText(/^Not recorded\. .*ben rejected this/).waitFor();
    await desk.button('Open it').click();
    await desk.handoff.getByText('Ask again tomorrow.').waitFor();
  });

  it('the agent is asked and answers into the thread; it is commented on, put off and handed over', async () => {
    const { handoff_id: id } = await asks();
    await desk.opens(id);
    await desk.button('Acknowledge').click();
    await desk.button('Release').click();
    await desk.button('Acknowledge').waitFor();
    await moves('Comment', 'Comment', 'The photo looks like another jug.', 'Add the comment');
    await moves('Ask the agent', 'Question', 'Is the jug blue?', 'Send the question');
    await desk.handoff.getByText('The agent has been asked and has not answered yet').waitFor();
    const { question_id } = await agent.hears(id, 'question');
    await agent.posts(`/${id}/answers`, { question_id, text: 'It is green.' });
    await desk.handoff.getByText('It is green.').waitFor();
    await agent.posts(`/${id}/context`, { context: { current_state: 'The customer sent a second photo.' } });
    const changes = desk.handoff.getByRole('table', { name: 'What version 2 changed' });
    await changes.getByText('The customer sent a second photo.').waitFor();
    expect(await axeFindings(desk.page)).toEqual([]);

    await opensMove('Put off');
    await dialog().getByLabel('Until').selectOption({ label: 'For 15 minutes' });
    expect(await axeFindings(desk.page)).toEqual([]);
    await confirms('Put it off');
    await desk.row(id).waitFor({ state: 'detached' });
    await desk.page.getByText(/^All \d/).click();
    await desk.row(id).getByText('Put off').waitFor();

    desk.expects(/status of 422/);
    await opensMove('Hand over');
    await dialog().getByRole('button', { name: 'Hand it over' }).click();
    await dialog().getByText('Name the person or the team').waitFor();
    expect(await desk.faultOf(dialog().getByLabel('To'))).toBe('Name the person or the team that it goes to.');
    await dialog().getByLabel('To').selectOption({ label: 'Ben' });
    await confirms('Hand it over');
    await desk.handoff.getByText(/handed it over to ben/).waitFor();
  });

  it('what was taken over stays on the list until it is done or handed back', async () => {
    const [taken, begun] = await Promise.all([asks(), asks()]);
    for (const { handoff_id } of [taken, begun]) await answers(handoff_id, 'Take over', 'Confirm taking over');
    await desk.page.getByText('Held 2').click();
    await desk.row(taken.handoff_id).click();
    await moves('Done', 'Result', 'Sent her a new jug.', 'It is done');
    await desk.row(taken.handoff_id).waitFor({ state: 'detached' });
    await desk.row(begun.handoff_id).click();
    await moves('Hand back', 'What was done so far', 'He wants a voucher.', 'Hand it back');
    await desk.row(begun.handoff_id).waitFor({ state: 'detached' });
    expect(await agent.hears(begun.handoff_id, 'handed_back')).toMatchObject({ asked_by: 'ana', text: 'He wants a voucher.' });
  });

  it('what was approved is recalled, and the asking is rated', async () => {
    const { handoff_id: id } = await asks();
    await answers(id, 'Approve', 'Confirm approval');
    await desk.opens(id);
    await moves('Recall', 'Why (optional)', 'The wrong order.', 'Ask it to stop');
    await desk.handoff.getByText('The agent has been asked to stop').waitFor();
    await agent.posts(`/${id}/recall`, { reply: 'stopped', text: 'Nothing was paid.' });
    await desk.handoff.getByText('The agent has stopped').waitFor();
    await chooses('Rate the asking', 'Was asking right?', 'It should have asked earlier', 'Rate it');
    await desk.handoff.getByText('rated: it should have asked earlier').waitFor();
  });

  it('all that has happened to a handoff, in every service, is read on its page', async () => {
    const { handoff_id: id } = await asks();
    await answers(id, 'Approve', 'Confirm approval');
    await desk.opens(id);
    await agent.feedback(id);
    await desk.button('Show all that happened').click();
    const history = desk.handoff.getByRole('region', { name: 'History' });
    for (const part of [
      'Accepted from refunds-agent',
      'is asked: ana',
      'ana is told by',
      'ana decided approve, in time',
      'The agent hears',
    ])
      await history.getByText(part).first().waitFor();
    expect(await history.getByText(/did not answer/).count()).toBe(0);
    expect(await history.getByText(/has it open on the desk/).count()).toBe(0); // for leads alone
    expect(await axeFindings(desk.page)).toEqual([]);
    await desk.button('Hide it').click();
    await history.getByRole('list').waitFor({ state: 'detached' });
  });

  it('several of the very same action are answered at once, and what was decided on it before is shown', async () => {
    const same = { recommended_action: { name: 'close_ticket', args: { reason: 'spam' } } };
    const different = { recommended_action: { name: 'close_ticket', args: { reason: 'solved' } } };
    const [first, second, other] = [await asks(same), await asks(same), await asks(different)];
    await Promise.all([first, second, other].map(({ handoff_id }) => desk.row(handoff_id).waitFor()));
    await desk.opens(first.handoff_id);
    await desk.button('Approve').click();
    await desk.page.getByLabel('Also answer the other one that asks for the very same action').check();
    expect(await axeFindings(desk.page)).toEqual([]);
    await desk.button('Confirm approval').click();
    await desk.button('Send now').click();
    await desk.page.getByText('2 answers are recorded.').waitFor();
    for (const { handoff_id } of [first, second]) expect(await agent.decision(handoff_id)).toMatchObject({ type: 'approve' });
    await desk.row(first.handoff_id).waitFor({ state: 'detached' });
    await desk.row(other.handoff_id).waitFor();
    const third = await asks(same);
    await desk.opens(third.handoff_id);
    await desk.handoff.getByText('the very same action').first().waitFor();
  });

  it('where several must agree, it is said who has answered so far, and whoever asked for it has no say', async () => {
    const careful = { agent: { id: 'careful-agent' } };
    const [{ handoff_id: id }, own] = await Promise.all([asks(careful), asks({ ...careful, requested_by: 'ana' })]);
    await desk.opens(own.handoff_id);
    await desk.page.getByText('You asked for this yourself; somebody else has to decide it.').waitFor();
    await desk.button('More').click();
    expect(await desk.page.getByRole('menuitem').allInnerTexts()).toEqual(['Comment']);
    expect(await desk.button('Approve').count()).toBe(0);

    await answers(id, 'Approve', 'Confirm approval');
    await desk.page.getByText('Your answer is recorded: 1 of 2 agree so far.').waitFor();
    await desk.opens(id);
    await desk.handoff.getByText('2 people have to agree; 1 answered so far').waitFor();
    expect((await ben.answers(id, { type: 'approve' })).status).toBe(201);
    await desk.handoff.getByText('Decided by you, ben').waitFor();
  });

  it('a lead sets the urgency and sends it on to the next level', async () => {
    const { handoff_id: id } = await asks();
    await desk.close();
    desk = await signsIn('ben');
    await desk.opens(id);
    await desk.button('Approve').waitFor();
    await chooses('Set the urgency', 'Urgency', 'Low', 'Set it');
    await desk.handoff.getByText('set the urgency to low').waitFor();
    await moves('Escalate', 'Why (optional)', 'Above my limit.', 'Escalate now');
    await desk.handoff.getByText('ben passed it on: Above my limit.').waitFor();
    await desk.handoff.getByText('Level 2 of 2').waitFor();
    const chloe = await system.person('chloe');
    await chloe.opens(id);
    expect((await chloe.answers(id, { type: 'approve' })).status).toBe(201);
    await desk.handoff.getByText('Decided by chloe').waitFor();
  });

  /** It is on the desk. */
  const asks = async (over: Readonly<Record<string, unknown>> = {}): Promise<HandoffAccepted> => {
    const accepted = await agent.asks(over);
    await ben.opens(accepted.handoff_id);
    return accepted;
  };
  const dialog = () => desk.page.getByRole('dialog');
  const opensMove = async (item: string) => {
    await desk.button('More').click();
    await desk.page.getByRole('menuitem', { name: item }).click();
  };
  const confirms = async (confirm: string) => {
    await dialog().getByRole('button', { name: confirm }).click();
    await dialog().waitFor({ state: 'detached' });
  };

  async function moves(item: string, label: string, note: string, confirm: string): Promise<void> {
    await opensMove(item);
    await dialog().getByLabel(label).fill(note);
    await confirms(confirm);
  }

  async function chooses(item: string, label: string, choice: string, confirm: string): Promise<void> {
    await opensMove(item);
    await dialog().getByLabel(label).selectOption({ label: choice });
    await confirms(confirm);
  }

  /** Without waiting until the answer is sent by itself. */
  async function answers(id: string, start: string, confirm: string): Promise<void> {
    await desk.opens(id);
    await desk.button(start).click();
    await desk.button(confirm).click();
    await desk.button('Send now').click();
    await desk.button('Send now').waitFor({ state: 'detached' });
  }
});
