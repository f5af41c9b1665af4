import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { hostilePacket, oneLongLine } from './support/hostile-packet.js';
import { DeskPage, hasChromium, openBrowser, PHONE, whyNot, type Look } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import { madeOfText, pageText, unfoldAll } from './support/page-text.js';
import { tooWide } from './support/too-wide.js';

const UNSEEN = /[\u0007\u200B\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

(hasChromium ? describe : describe.skip)(`hostile packets in a browser${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let desk: DeskPage | undefined;

  const signsIn = async (look: Look): Promise<DeskPage> => {
    await system.person('ana'); // the directory knows her
    desk = await DeskPage.signIn(browser, system.signInLink('ana'), look);
    return desk;
  };
  /** Nothing of it ran, is hidden, or pushes the page out of its width. */
  const expectInert = async ({ page }: DeskPage): Promise<void> => {
    expect(await tooWide(page)).toEqual([]);
    expect(await madeOfText(page)).toEqual([]);
    expect(UNSEEN.exec(await pageText(page))).toBeNull();
    expect(await page.evaluate('window.pwned')).toBeUndefined();
  };

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start({ replicas: 1 }), openBrowser()]);
  });
  afterEach(async () => {
    await desk?.close();
    expect(desk?.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
  });

  it.each<[string, Look]>([
    ['on a screen', {}],
    ['on a phone', PHONE],
  ])('are inert and visible %s, from the queue to the decision', async (_, look) => {
    const agent = system.agent('hostile-agent');
    const { handoff_id, packet } = await agent.asks(hostilePacket());
    const ana = await signsIn(look);
    await ana.row(handoff_id).waitFor();
    await expectInert(ana);

    await ana.opens(handoff_id);
    await expectInert(ana);
    await unfoldAll(ana.page);
    await expectInert(ana);
    const text = await ana.handoff.innerText();
    for (const part of ["<script>window.pwned = 1; alert('pwned')</script>", '![pixel](https://evil.example/pixel.png?secret)'])
      expect(text).toContain(part);
    for (const mark of ['invoice⟦U+202E⟧gnp.exe', 'pass⟦U+200B⟧word', '⟦U+2066⟧hidden⟦U+2069⟧⟦U+FEFF⟧', '⟦U+E0041⟧⟦U+0007⟧'])
      expect(text).toContain(mark);
    for (const host of ['xn--exmple-4nf.com', 'evil.example']) expect(text).toContain(`Leads to ${host}`);

    await ana.button('Approve with edits').click();
    await ana.page.getByRole('textbox', { name: 'amount' }).fill('13');
    await expectInert(ana);
    await ana.button('Confirm edited approval').click();
    await ana.page.getByText('recorded, and on its way to the agent').waitFor();
    const args = { ...packet.recommended_action.args, amount: 13 };
    expect((await agent.decision(handoff_id)).action?.args).toEqual(args); // not a character of it was lost on the way
    await ana.opens(handoff_id);
    await ana.handoff.getByText('Decided by you').waitFor();
    await unfoldAll(ana.page);
    await expectInert(ana);
  });

  it('do not make the browser look up the hosts of their links before anybody follows them', async () => {
    const answer = await (await signsIn({})).page.request.get(system.deskUrl);
    expect(answer.headers()['x-dns-prefetch-control']).toBe('off');
  });

  it.each<[string, Look]>([
    ['on a screen', {}],
    ['on a phone', PHONE],
  ])('may hold one line as long as a packet may be, and %s it wraps', async (_, look) => {
    const { handoff_id } = await system.agent('hostile-agent').asks(oneLongLine());
    const ana = await signsIn(look);
    await ana.opens(handoff_id);
    await expectInert(ana);
    await unfoldAll(ana.page);
    expect((await ana.handoff.innerText()).length).toBeGreaterThan(190 * 1024);
    await expectInert(ana);
  });
});
