import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { handoffControls, type HandoffAccepted } from '@handoff/contracts';
import { REPOSITORY } from '@handoff/local';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFindings } from './support/axe-findings.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import { faultsOfView } from './support/sound-views.js';

const VERIFY = join(REPOSITORY, 'services/notifier/dist/src/cli/evidence.js');

(hasChromium ? describe : describe.skip)(`what a lead has on the desk${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let folder: string;
  /** The lead, and a responder. */
  let ben: DeskPage;
  let ana: DeskPage;
  let open: HandoffAccepted;
  let decided: HandoffAccepted;

  const signsIn = (person: string): Promise<DeskPage> => DeskPage.open(system, browser, person);
  const goesTo = async ({ page }: DeskPage, title: string): Promise<void> => {
    await page.getByRole('navigation').getByRole('link', { name: title }).click();
    await page.getByRole('heading', { name: title }).waitFor();
  };
  const handoffField = () => ben.page.getByRole('textbox', { name: 'Handoff', exact: true });
  /** What following the link brings. */
  const downloads = async ({ page }: DeskPage, follow: () => Promise<void>): Promise<string> => {
    const [file] = await Promise.all([page.waitForEvent('download'), follow()]);
    return readFile(await file.path(), 'utf8');
  };

  beforeAll(async () => {
    [system, browser, folder] = await Promise.all([
      JourneySystem.start({ replicas: 1 }),
      openBrowser(),
      mkdtemp(join(tmpdir(), 'handoff-lead-')),
    ]);
    const agent = system.agent('refunds-agent');
    [open, decided, ana, ben] = await Promise.all([
      agent.asks({ original_request: 'Refund the broken kettle.' }),
      agent.asks(),
      signsIn('ana'),
      signsIn('ben'),
    ]);
    const person = await system.person('ana');
    for (const { handoff_id } of [open, decided]) await person.opens(handoff_id);
    await person.answers(decided.handoff_id, { type: 'reject', message: 'Ask again tomorrow.' });
    await person.moves(open.handoff_id, { move: 'acknowledge' });
    await person.moves(open.handoff_id, { move: 'comment', note: 'The photo is\u200B on its way.' });
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await rm(folder, { recursive: true, force: true });
    for (const desk of [ana, ben]) expect(desk?.complaints).toEqual([]);
  });

  it('pauses an agent for an hour and a reason, which everybody sees and no responder can do; and ends it before its time', async () => {
    ben.expects(/status of 422/);
    await goesTo(ben, 'Pauses');
    await ben.button('Pause it').click();
    await ben.page.getByLabel('Why').and(ben.page.locator('[aria-invalid="true"]')).waitFor();
    await ben.page.getByLabel('Agent', { exact: true }).fill('loopy-agent');
    await ben.page.getByLabel('For', { exact: true }).selectOption({ label: '1 hour' });
    await ben.page.getByLabel('Why').fill('It asks the same <b>again</b>.');
    await ben.button('Pause it').click();
    await ben.page.getByText('Paused.', { exact: true }).waitFor();
    const pause = await system.event('the pause', handoffControls, ({ name }) => name === 'loopy-agent');
    expect(Date.parse(pause.until) - Date.parse(pause.changed_at)).toBe(3_600_000);
    expect(await faultsOfView(ben)).toEqual([]);

    const notice = ana.page.getByRole('status').filter({ hasText: 'Agent loopy-agent is paused' });
    await notice.getByText(/by ben: It asks the same <b>again<\/b>\./).waitFor();
    expect(await faultsOfView(ana)).toEqual([]);
    await goesTo(ana, 'Pauses');
    await ana.page.getByText('Only leads and admins pause something').waitFor();
    expect(await ana.page.getByRole('button', { name: /pause/i }).count()).toBe(0);

    await ben.button('End the pause of Agent loopy-agent').click();
    await ben.page.getByLabel('Why it is over').fill('It was mended.');
    expect(await axeFindings(ben.page)).toEqual([]);
    await ben.button('End it now').click();
    for (const { page } of [ana, ben]) await page.getByText('Nothing is paused.').waitFor();
  });

  it('is handed over with what is open: who is on it, what was said last, how much time is left; as text, too', async () => {
    await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await goesTo(ana, 'Hand-over');
    const item = ana.page.getByRole('listitem').filter({ hasText: 'Refund the broken kettle.' });
    for (const part of [/you acknowledged it/, /The photo is⟦U\+200B⟧ on its way\./, /left/]) await item.getByText(part).first().waitFor();
    expect(await faultsOfView(ana)).toEqual([]);
    await ana.button('Copy as text').click();
    await ana.page.getByText('Copied.').waitFor();
    const text = await ana.page.evaluate<string>('navigator.clipboard.readText()');
    expect(text).toMatch(/^Hand-over of board, support, .*: 1 still open\n/);
    expect(text).toMatch(/On it: ana, since .*\n {3}ana, .*: The photo is⟦U\+200B⟧ on its way\.\n {3}http.*\/#\/handoffs\//);
    await item.getByRole('link').click();
    await ana.handoff.getByRole('heading', { name: 'Refund the broken kettle.' }).waitFor();
  });

  it('reads who did what, from where and by which channel: of a person, of a handoff; and takes it along as a table', async () => {
    await goesTo(ben, 'Audit');
    await ben.page.getByText('ended a pause').waitFor();
    await ben.page.getByText(/name: loopy-agent · .*reason: It was mended\./).waitFor();
    await ben.page.getByText('The desk, from 127.0.0.1').first().waitFor();
    expect(await faultsOfView(ben)).toEqual([]);

    await ben.page.getByLabel('Person').fill('ana');
    await ben.page.getByLabel('Person').press('Enter');
    await ben.page.getByText('ended a pause').waitFor({ state: 'detached' });
    await ben.page.getByText(`rejected ${decided.handoff_id}`).waitFor();
    const table = await downloads(ben, () => ben.page.getByRole('link', { name: /^Export/ }).click());
    expect(table).toMatch(/^id,at,subject,act,handoff_id,channel,address,details\r\n/);
    expect(table).toMatch(new RegExp(`,ana,reject,${decided.handoff_id},desk,127\\.0\\.0\\.1,`));
    expect(table).not.toContain(',ben,');

    await ben.page.route('**/desk/v1/audit?*', (route) => route.continue({ url: `${route.request().url()}&limit=2` })); // else all is one page
    await ben.page.getByLabel('Person').fill('ben');
    await ben.button('Show').click();
    const entries = ben.page.getByRole('region', { name: 'The newest first' }).getByRole('listitem');
    await entries.nth(1).getByText('ended a pause').waitFor();
    expect(await entries.count()).toBe(2);
    await ben.button('Show older ones').click();
    await entries.nth(2).getByText('paused something').waitFor();

    ben.expects(/status of 422/);
    await handoffField().fill('the kettle');
    await ben.button('Show').click();
    await ben.page.getByText('handoff_id must be the id of a handoff.').waitFor();
  });

  it('takes along the evidence of a handoff, which the public key verifies, from its menu; a responder has no such entry', async () => {
    for (const desk of [ana, ben]) {
      await desk.opens(decided.handoff_id);
      await desk.button('More').click();
    }
    await ana.page.getByRole('menuitem', { name: 'Comment' }).waitFor();
    expect(await ana.page.getByRole('menuitem', { name: /Evidence|Audit/ }).count()).toBe(0);

    const [file, keys] = [join(folder, 'evidence.json'), join(folder, 'keys.json')];
    await writeFile(file, await downloads(ben, () => ben.page.getByRole('menuitem', { name: 'Evidence' }).click()));
    await writeFile(keys, await (await ben.page.request.get(`${system.deskUrl}/desk/v1/evidence-keys`)).text());
    const { stdout } = await promisify(execFile)(process.execPath, [VERIFY, 'verify', file, '--keys', keys]);
    expect(stdout).toContain(`Valid: handoff ${decided.handoff_id}, exported by ben`);

    await ben.button('More').click();
    await ben.page.getByRole('menuitem', { name: 'Audit' }).click();
    await ben.page.getByText(`exported the evidence of ${decided.handoff_id}`).waitFor();
    expect(await handoffField().inputValue()).toBe(decided.handoff_id);
  });
});
