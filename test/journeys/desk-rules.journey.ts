import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { handoffRouted, type HandoffAccepted, type HandoffId, type HandoffRouted } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { axeFindings } from './support/axe-findings.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import { faultsOfView } from './support/sound-views.js';
import { takePicture } from './support/take-picture.js';

/** A schedule of one person, another in which people take turns, and a rule that asks whoever has the first. */
const SCHEDULES = `schedules:
  - id: oncall
    name: On call
    time_zone: America/New_York
    layers: [{ id: rota, people: [ana], starts: 2026-01-05T09:00, turn: 1w }]
  - id: escalation
    name: Escalation
    time_zone: Europe/Berlin
    layers: [{ id: rota, people: [ben, chloe, dora], starts: 2026-01-05T09:00, turn: 1d }]

rules:
  - id: duty
    match: { agent: duty-agent }
    levels:
      - { name: On call, target: { team: oncall } }
`;
const TEAM = '  - { id: oncall, name: On call, members: [ana, dora], schedules: [oncall] }\n';

(hasChromium ? describe : describe.skip)(`what the desk says of who is asked${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  /** An admin, and a lead. */
  let chloe: DeskPage;
  let ben: DeskPage;
  /** Of before the policy was changed. */
  let old: HandoffAccepted;

  const goesTo = async ({ page }: DeskPage, title: string): Promise<void> => {
    await page.getByRole('navigation').getByRole('link', { name: title }).click();
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
  };
  const routed = (handoffId: HandoffId, level = 1): Promise<HandoffRouted> =>
    system.event(
      `${handoffId} is asked at level ${level}`,
      handoffRouted,
      (it) => it.handoff_id === handoffId && it.level.number === level,
    );
  const askedOf = async (agent: string): Promise<HandoffRouted> => routed((await system.agent(agent).asks()).handoff_id);

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start({ replicas: 1 }), openBrowser()]);
    [old, chloe, ben] = await Promise.all([
      system.agent('refunds-agent').asks({ original_request: 'Refund the broken kettle.' }),
      DeskPage.open(system, browser, 'chloe'),
      DeskPage.open(system, browser, 'ben'),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    for (const desk of [chloe, ben]) expect(desk?.complaints).toEqual([]);
  });

  describe('the policy', () => {
    const editor = () => chloe.page.getByRole('textbox', { name: 'The policy, as YAML' });
    const writes = async (text: string): Promise<void> => {
      await editor().press('ControlOrMeta+a');
      await chloe.page.keyboard.insertText(text);
    };
    const policy = async (): Promise<string> =>
      ((await (await chloe.page.request.get(`${system.deskUrl}/desk/v1/policies/current`)).json()) as { readonly text: string }).text;

    it('is drawn as ladders, and one with a fault has it beside its line and cannot be applied', async () => {
      await goesTo(chloe, 'Policy');
      await chloe.page.getByText('Version 1, in force').waitFor();
      const rule = chloe.page.getByRole('region', { name: /: default$/ });
      await rule.getByText('Everything that no rule before it matches').waitFor();
      expect(await rule.getByRole('listitem').allInnerTexts()).toEqual([
        expect.stringMatching(/^1\. Support: team support\s+To be decided within 1 h/),
        expect.stringMatching(/^2\. Managers: team managers/),
        expect.stringMatching(/^It is held/),
      ]);
      expect(await faultsOfView(chloe)).toEqual([]);
      await takePicture(chloe, 'desk-policy', 760);

      await chloe.button('Change it').click();
      await chloe.page.getByText('Nothing is wrong with it.').waitFor();
      await writes(
        (await policy()).replace(
          '- { name: Support, target: { team: support }, decide',
          '- { name: Support, target: { team: suport }, decide',
        ),
      );
      const line = editor().locator('.cm-line').filter({ hasText: 'team: suport' });
      await line
        .getByText(/suport/)
        .last()
        .waitFor();
      await chloe.page.getByText('One thing is wrong').waitFor();
      await editor().press('ControlOrMeta+End');
      await chloe.page.keyboard.type('# why?'); // letters that are commands elsewhere on the desk
      expect(await chloe.page.getByRole('dialog').count()).toBe(0);
      expect(await line.innerText()).toMatch(/team: suport.*no team "?suport|suport.*unknown|suport.*not/s);
      expect(await chloe.button('Apply it').isDisabled()).toBe(true);
      expect(await faultsOfView(chloe)).toEqual([]);
      await chloe.page.getByRole('button', { name: /^Line \d+$/ }).click();
      expect(await chloe.page.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe('The policy, as YAML');
    });

    it('is tried before it is applied: whom a handoff that waits would be asked of, and when', async () => {
      const text = (await policy())
        .replace('rules:\n', SCHEDULES)
        .replace('teams:\n', `teams:\n${TEAM}`)
        .replace(
          '- { name: Support, target: { team: support }, decide_within: 1h }',
          '- { name: Managers first, target: { team: managers }, decide_within: 30m }',
        );
      await writes(text);
      await chloe.page.getByText('Nothing is wrong with it.').waitFor();
      await chloe.page.getByLabel('For', { exact: true }).selectOption({ label: 'Refund the broken kettle.' });
      await chloe.button('Show who would be asked').click();
      await chloe.page.getByText('By rule default of what is written here').waitFor();
      const first = chloe.page.getByRole('listitem').filter({ hasText: '1. Managers first: you' });
      await first.getByText(/^From .*decided by/).waitFor();
      await chloe.page
        .getByRole('cell', { name: /Managers first/ })
        .first()
        .waitFor(); // what it changes
    });

    it('is not applied over what somebody else changed meanwhile, which is shown; and then on top of it', async () => {
      const theirs = (await policy()).replace('name: Policy of the journeys', 'name: Somebody’s policy');
      const headers = { 'x-handoff-desk': '1', origin: system.deskUrl };
      const applied = await chloe.page.request.post(`${system.deskUrl}/desk/v1/policies`, { headers, data: { text: theirs, based_on: 1 } });
      expect([applied.status(), await applied.json()]).toMatchObject([201, { version: 2 }]);

      const applies = async () => {
        await chloe.button('Apply it').click();
        await chloe.button('Put it in force').click();
      };
      chloe.expects(/status of 409/);
      await applies();
      const notice = chloe.page.getByRole('alert').filter({ hasText: 'somebody else changed the policy meanwhile' });
      await notice.getByRole('cell', { name: /Somebody’s policy/ }).waitFor();
      expect(await axeFindings(chloe.page)).toEqual([]);
      await chloe.button('Go on from version 2').click();
      await applies();
      await chloe.page.getByText('Version 3, in force').waitFor();
    });

    it('is followed by a new handoff, while an old one keeps the version that it began with', async () => {
      expect(await askedOf('refunds-agent')).toMatchObject({
        team: 'managers',
        asked: ['chloe'],
        policy: { version: 3 },
        level: { name: 'Managers first' },
      });
      await (await system.person('ben')).moves(old.handoff_id, { move: 'escalate' });
      expect(await routed(old.handoff_id, 2)).toMatchObject({ policy: { version: 1 }, level: { name: 'Managers', of: 2 } });
    });
  });

  describe('duty', () => {
    const schedule = (): Locator => ben.page.getByRole('region', { name: 'On call' });
    /** Where an instant is on the track of this week. */
    const place = async (page: Page, at: number): Promise<{ readonly x: number; readonly y: number }> => {
      const box = await schedule().locator('[data-drawable]').boundingBox();
      if (!box) throw new Error('The track is not on the screen.');
      const monday = await page.evaluate<number>(
        '(() => { const it = new Date(); it.setHours(0, 0, 0, 0); it.setDate(it.getDate() - (it.getDay() + 6) % 7); return it.getTime(); })()',
      );
      const share = (at - monday) / (7 * 86_400_000);
      return { x: box.x + box.width * Math.min(0.999, Math.max(0.001, share)), y: box.y + box.height / 2 };
    };
    const drags = async (from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }) => {
      const { mouse } = ben.page;
      await mouse.move(from.x, from.y);
      await mouse.down();
      await mouse.move((from.x + to.x) / 2, to.y);
      await mouse.move(to.x, to.y);
      await mouse.up();
    };
    const HOUR_MS = 3_600_000;

    it('is drawn over, and whoever was put in is asked next', async () => {
      expect(await askedOf('duty-agent')).toMatchObject({ asked: ['ana'], level: { name: 'On call' } });
      await goesTo(ben, 'Duty');
      await schedule()
        .getByText(/^America\/New_York, where it is/)
        .waitFor();
      await schedule()
        .getByText(/^Now Ana, until/)
        .waitFor();
      const now = Date.now();
      await drags(await place(ben.page, now - 3 * HOUR_MS), await place(ben.page, now + 12 * HOUR_MS));
      await ben.page.getByLabel('Who').selectOption({ label: 'Dora' });
      expect(await axeFindings(ben.page)).toEqual([]);
      await ben.button('Put it in').click();
      await schedule()
        .getByText(/^Now Dora, until/)
        .waitFor();
      expect(await askedOf('duty-agent')).toMatchObject({ asked: ['dora'] });
      await takePicture(ben, 'desk-duty', 700);
    });

    it('is changed by pulling an end of an override, and given back by a button of its words', async () => {
      const end = await schedule().locator('[data-moves="from"]').boundingBox();
      if (!end) throw new Error('The override has no end to be pulled.');
      const grip = { x: end.x + end.width / 2, y: end.y + end.height / 2 };
      await drags(grip, { x: grip.x - 30, y: grip.y });
      await ben.page.getByRole('dialog', { name: 'Change the override' }).waitFor();
      await ben.button('Change it').click();
      await ben.page.getByRole('dialog').waitFor({ state: 'detached' });
      await schedule()
        .getByText(/in words$/)
        .click();
      const cancels = schedule().getByRole('button', { name: /^Cancel/ });
      await eventually('the one before is over, by the page’s clock of seconds', async () => (await cancels.count()) === 1);
      expect(await faultsOfView(ben)).toEqual([]);

      await cancels.focus();
      await ben.presses('Enter');
      await ben.button('Cancel the override').click();
      await schedule()
        .getByText(/^Now Ana, until/)
        .waitFor();
      expect(await askedOf('duty-agent')).toMatchObject({ asked: ['ana'] });
    });

    it('is subscribed to as a calendar, by an address that ends when it is revoked and is in no log', async () => {
      await ben.page.getByRole('link', { name: 'Ben' }).click();
      await ben.button('Make an address').click();
      const address = await ben.page.getByLabel('The address, shown this once').inputValue();
      expect(await faultsOfView(ben)).toEqual([]);
      const read = await fetch(address);
      expect([read.status, await read.text()]).toEqual([200, expect.stringContaining('BEGIN:VCALENDAR')]);
      await ben.button('Revoke it').click();
      await ben.button('Make an address').waitFor();
      expect((await fetch(address)).status).toBe(404);
      const logs = await Promise.all(
        (await readdir(join(system.home, 'logs'))).map((file) => readFile(join(system.home, 'logs', file), 'utf8')),
      );
      expect(logs.filter((log) => log.includes(new URL(address).pathname))).toEqual([]);
    });
  });

  it('the SLA is shown of what was decided, by team and week, and goes along as a table', async () => {
    const answered = [
      ['chloe', 'refunds-agent'],
      ['ana', 'duty-agent'],
      ['dora', 'cash-agent'],
    ] as const;
    for (const [name, agent] of answered) {
      const person = await system.person(name);
      const { handoff_id } = await system.agent(agent).asks();
      await person.opens(handoff_id);
      await person.answers(handoff_id, { type: 'approve' });
    }
    await goesTo(ben, 'SLA');
    await ben.page.getByLabel('By', { exact: true }).selectOption({ label: 'Team' });
    await ben.page.getByLabel('And within each by').selectOption({ label: 'Week' });
    await eventually('the decisions are in the report', async () => {
      await ben.page.reload();
      await ben.page.getByRole('region', { name: 'Decided in time' }).waitFor();
      return (await ben.page.getByText('3 of 3 decided in time').count()) === 1;
    });
    const row = ben.page.getByRole('row').filter({ hasText: 'managers' });
    await row.getByText('100 %').waitFor();
    expect(await faultsOfView(ben)).toEqual([]);
    await takePicture(ben, 'desk-sla', 560);
    const [file] = await Promise.all([ben.page.waitForEvent('download'), ben.page.getByRole('link', { name: /^Export/ }).click()]);
    expect(await readFile(await file.path(), 'utf8')).toMatch(/^team,week,decided,met.*\r?\n[^]*managers,/);
  });
});
