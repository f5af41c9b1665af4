import type { HandoffAccepted, HandoffId } from '@handoff/contracts';
import { readPackets, SAMPLES } from '@handoff/local';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Agent } from './support/agent.js';
import { DeskPage, hasChromium, openBrowser, PHONE, whyNot, type Look } from './support/desk-page.js';
import { holdReads } from './support/hold-reads.js';
import { inLanes } from './support/in-lanes.js';
import { JourneySystem } from './support/journey-system.js';
import { unfoldAll } from './support/page-text.js';
import type { Person } from './support/person.js';
import { faultsOfView } from './support/sound-views.js';
import { takePicture } from './support/take-picture.js';

const PICTURE: Look = { viewport: { width: 1200, height: 760 } };
/** Views that are looked at side by side, each in a browser of its own: as many as a small machine has cores. */
const LANES = 2;

/** Brings something onto the screen. */
type View = () => Promise<DeskPage>;

(hasChromium ? describe : describe.skip)(`what the desk shows${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let agent: Agent;
  let ben: Person;
  /** A packet of ours that has something in nearly every place. */
  let rich: HandoffAccepted;
  let desk: DeskPage | null = null;
  /** What is wrong with each view. */
  let judged: ReadonlyMap<string, Promise<readonly string[]>>;

  const signsIn = async (person: string, look: Look = {}): Promise<DeskPage> => {
    await system.person(person); // the directory knows them
    return DeskPage.signIn(browser, system.signInLink(person), { viewport: { width: 1280, height: 900 }, ...look });
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start({ replicas: 1 }), openBrowser()]);
    [agent, ben] = await Promise.all([system.agentWithKey('refunds-agent'), system.person('ben')]);
    const samples = (await readPackets(SAMPLES)).slice(0, 8);
    await Promise.all(samples.map((packet) => agent.publishes(JSON.stringify(packet))));
    const [, , accepted] = await Promise.all(samples.map((packet) => agent.accepted(String(packet['task_id']))));
    if (!accepted?.packet.authority) throw new Error('The third sample is no longer the one with something in every place.');
    rich = accepted;
    await ben.opens(rich.handoff_id);
    judged = inLanes(LANES, Object.entries(VIEWS), judge);
  });
  afterEach(async () => {
    await desk?.close();
    expect(desk?.complaints ?? []).toEqual([]);
    desk = null;
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  const opens = async (person = 'ana'): Promise<DeskPage> => {
    const desk = await signsIn(person);
    await desk.opens(rich.handoff_id);
    return desk;
  };
  const starts = async (button: string): Promise<DeskPage> => {
    const desk = await opens();
    await desk.button(button).click();
    await desk.button('Cancel').waitFor();
    return desk;
  };
  const startsNew = async (): Promise<{ readonly desk: DeskPage; readonly handoff_id: HandoffId }> => {
    const [{ handoff_id }, desk] = await Promise.all([agent.asks(), signsIn('ana')]);
    await desk.opens(handoff_id);
    await desk.button('Approve').click();
    await desk.button('Confirm approval').waitFor();
    return { desk, handoff_id };
  };

  const VIEWS: Readonly<Record<string, View>> = {
    'nobody is signed in': async () => {
      const desk = await signsIn('ana');
      desk.expects(/status of 401/);
      await desk.button('Sign out').click();
      await desk.page.getByText('You are not signed in').waitFor();
      return desk;
    },
    'the queue': async () => {
      const desk = await signsIn('ana');
      await desk.row(rich.handoff_id).waitFor();
      return desk;
    },
    'a search that finds nothing': async () => {
      const desk = await signsIn('ana');
      await desk.page.getByRole('searchbox').fill('no such words');
      await desk.page.getByText('Nothing here matches the search.').waitFor();
      return desk;
    },
    'the keys': async () => {
      const desk = await signsIn('ana');
      await desk.button('Keys').click();
      await desk.page.getByRole('dialog').waitFor();
      return desk;
    },
    'a handoff with everything unfolded': async () => {
      const desk = await opens();
      await unfoldAll(desk.page);
      return desk;
    },
    'how one is reached, with quiet hours': async () => {
      const desk = await signsIn('ana');
      await desk.page.getByRole('link', { name: 'Ana' }).click();
      await desk.page.getByLabel('Quiet hours').check();
      await desk.page.getByLabel('From').fill('21:30');
      await desk.page.getByLabel('Time zone').fill('Europe/Berlin');
      await desk.button('Save').click();
      await desk.page.getByText('Saved.').waitFor();
      await desk.page.reload();
      expect(await desk.page.getByLabel('From').inputValue()).toBe('21:30');
      await desk.button('Send a test by E-mail').click();
      await desk.page.getByText('Sent; look whether it has come.').waitFor();
      return desk;
    },
    'an approval': async () => starts('Approve'),
    'a rejection': async () => starts('Reject'),
    'taking over': async () => starts('Take over'),
    'a response without words': async () => {
      const desk = await starts('Respond');
      await desk.button('Confirm response').click();
      await desk.page.getByText('Write what the agent should be told.').waitFor();
      return desk;
    },
    'an edit with a fault at its field': async () => {
      const desk = await starts('Approve with edits');
      await desk.page.getByRole('textbox', { name: 'amount' }).fill('much');
      await desk.button('Confirm edited approval').click();
      await desk.page.getByText('Enter a number with a point').waitFor();
      return desk;
    },
    'a decision just made, and what has ended': async () => {
      const { desk, handoff_id } = await startsNew();
      await desk.button('Confirm approval').click();
      await desk.page.getByText('recorded, and on its way to the agent').waitFor();
      await desk.page.getByText('Ended', { exact: true }).click();
      await desk.row(handoff_id).click();
      await desk.handoff.getByText('Decided by you').waitFor();
      return desk;
    },
    'that somebody else was first': async () => {
      const { desk, handoff_id } = await startsNew();
      desk.expects(/status of 409/);
      await holdReads([desk], handoff_id);
      await ben.answers(handoff_id, { type: 'reject', message: 'Ask again tomorrow.' });
      await desk.button('Confirm approval').click();
      await desk.page.getByText('Your answer was not taken').waitFor();
      return desk;
    },
    'a newer packet while one is answered': async () => {
      const { desk, handoff_id } = await startsNew();
      await agent.posts(`/${handoff_id}/context`, { context: { current_state: 'The customer has cancelled.' } });
      await desk.page.getByText('The agent has sent packet version 2 meanwhile').waitFor();
      return desk;
    },
    'a handoff that is for others': async () => {
      const desk = await opens('chloe');
      await desk.page.getByText('This was asked of support; you are not a member.').waitFor();
      return desk;
    },
    'an address that leads nowhere': async () => {
      const desk = await signsIn('ana');
      desk.expects(/status of 404/);
      await desk.page.goto(`${system.deskUrl}/#/handoffs/00000000-0000-4000-8000-000000000000`);
      await desk.page.getByText('There is no such handoff').waitFor();
      return desk;
    },
    'that the server is in trouble': async () => {
      const { desk } = await startsNew();
      desk.expects(/status of 503|net::ERR_FAILED/);
      await desk.page.route('**/desk/v1/**', (route) => route.fulfill({ status: 503, body: 'Service Unavailable' }));
      await desk.button('Confirm approval').click();
      await desk.page.getByText('No answer from the server').waitFor();
      await desk.page.getByText('The queue could not be refreshed').waitFor();
      await desk.page.getByText('This may be old', { exact: true }).waitFor();
      return desk;
    },
  };

  const judge = async (show: View): Promise<readonly string[]> => {
    const desk = await show();
    try {
      return [...(await faultsOfView(desk)), ...desk.complaints];
    } finally {
      await desk.close();
    }
  };

  it.each(Object.keys(VIEWS))('has no fault by WCAG 2.2 AA, light or dark, on a screen and a phone: %s', async (name) => {
    expect(await judged.get(name)).toEqual([]);
  });

  it('on a phone can all be reached and is answered with the thumb', async () => {
    const { handoff_id } = await agent.asks();
    desk = await signsIn('ana', PHONE);
    await desk.row(handoff_id).tap();
    await desk.button('Approve with edits').tap();
    await desk.page.getByRole('textbox', { name: 'amount' }).fill('90');
    await desk.button('Cancel').tap();
    const controls = desk.page.locator('a, button, summary, input, textarea').filter({ visible: true });
    for (const control of await controls.all()) await control.tap({ trial: true }); // nothing lies over it, and it can be scrolled to
    await desk.page.getByText('← Queue').tap();
    await desk.row(handoff_id).tap();
    await desk.button('Approve with edits').tap();
    expect(await desk.page.getByRole('textbox', { name: 'amount' }).inputValue()).toBe('90');
    for (const control of await controls.all()) await control.tap({ trial: true });
    await desk.button('Confirm edited approval').tap();
    expect(await agent.decision(handoff_id)).toMatchObject({ type: 'edit', action: { args: { amount: 90 } } });
  });

  it.each<[string, Look, 'queue' | 'handoff']>([
    ['desk-queue', PICTURE, 'queue'],
    ['desk-handoff', PICTURE, 'handoff'],
    ['desk-dark', { ...PICTURE, colorScheme: 'dark' }, 'handoff'],
    ['desk-phone', PHONE, 'handoff'],
  ])('is drawn as %s.png for the README, in few bytes', async (name, look, what) => {
    desk = await signsIn('ana', look);
    await desk.row(rich.handoff_id).waitFor();
    if (what === 'handoff') await desk.opens(rich.handoff_id);
    await takePicture(desk, name);
  });
});
