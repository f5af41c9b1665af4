import type { JsonObject } from '@handoff/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@handoff/local';
import { parse } from 'yaml';
import type { Agent } from './support/agent.js';
import { DeskPage, hasChromium, openBrowser, whyNot } from './support/desk-page.js';
import { JourneySystem } from './support/journey-system.js';
import type { Person } from './support/person.js';
import { faultsOfView } from './support/sound-views.js';
import { takePicture } from './support/take-picture.js';

/** What an agent would hand in for each type of task, as the template's `output_schema` wants it. */
const OUTPUTS: Readonly<Record<string, JsonObject>> = {
  'code-change': { branch: 'round-totals', diff_url: 'https://code.example/shop/compare/round-totals' },
  'customer-reply-draft': { reply: 'Your new jug is on its way.' },
  'data-extraction': { rows: [{ document: 'urn:archive:invoice:118', values: { total: 88.5 } }] },
  'document-review': { findings: [{ point: 'Liability is capped', holds: true, passage: 'Clause 9' }] },
  'incident-diagnosis': { cause: 'The pool is exhausted.', evidence: ['pool 20/20 at 10:02'], remedy: 'Raise it to 40.' },
  'monitoring-watch': { looks: 288, crossings: [] },
  'refund-decision': { decision: 'grant', rule: 'Returns within 30 days', amount: 40 },
  'research-brief': { answer: 'Acme and Bolt do.', sources: [{ title: 'Acme', url: 'https://acme.example' }] },
};

interface Sample {
  readonly id: string;
  readonly name: string;
  readonly capability: string;
  readonly inputs: { readonly properties: Readonly<Record<string, { readonly title: string; readonly format?: string }>> };
  readonly example: JsonObject;
  readonly success_criteria: readonly { readonly id: string; readonly text: string }[];
}
const templates = Object.keys(OUTPUTS).map(
  (id) => parse(readFileSync(join(REPOSITORY, `services/intake/templates/${id}.yaml`), 'utf8')) as Sample, // intake's own tests read them as what they are
);

(hasChromium ? describe : describe.skip)(`a person who writes a task down on the desk${whyNot}`, () => {
  let system: JourneySystem;
  let browser: Browser;
  let ben: DeskPage;
  let benHimself: Person;
  let agent: Agent;

  beforeAll(async () => {
    [system, browser] = await Promise.all([JourneySystem.start({ replicas: 1 }), openBrowser()]);
    [agent, ben, benHimself] = await Promise.all([
      system.agentWithKey('all-rounder'),
      DeskPage.open(system, browser, 'ben'),
      system.person('ben'),
    ]);
    await agent.isCountedOn(...templates.map(({ capability }) => capability));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    expect(ben?.complaints).toEqual([]);
  });

  const field = (name: string | RegExp) => ben.page.getByRole('textbox', { name });
  const region = (name: string) => ben.page.getByRole('region', { name });

  async function choosesTemplate(name: string): Promise<void> {
    await ben.page.goto(new URL('/#/delegate', ben.page.url()).href);
    await ben.page.getByRole('combobox', { name: 'Template' }).selectOption({ label: name });
    await region('What it is about').getByRole('group', { name: 'Fields' }).waitFor();
  }

  /** Each input by the title that its schema gives it. */
  async function fillsIn({ inputs, example }: Sample): Promise<void> {
    for (const [name, { title, format }] of Object.entries(inputs.properties)) {
      const value = example[name] ?? null;
      if (Array.isArray(value)) await fillsList(title, value.map(String));
      else if (format === 'date-time' && value !== null) await field(title).fill('2030-01-01T00:00');
      else if (value !== null) await field(title).fill(String(value));
    }
  }

  async function fillsList(title: string, values: readonly string[]): Promise<void> {
    const list = ben.page.getByRole('group', { name: title });
    for (const [at, value] of values.entries()) {
      await list.getByRole('button', { name: 'Add one' }).click();
      await list.getByRole('textbox').nth(at).fill(value);
    }
  }

  /** Looks at it first. @returns the handoff's id */
  async function gives(): Promise<string> {
    await ben.button('Preview it').click();
    await ben.button('Give it').click();
    const link = ben.page.getByRole('link', { name: 'Open it' });
    return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
  }

  async function delivers(handoffId: string, { id, success_criteria }: Sample, note: string): Promise<void> {
    const { offer_id } = await agent.hears(handoffId, 'confirmed');
    const criteria = success_criteria.map((it) => ({ criterion_id: it.id, met: true, evidence: [`Seen: ${it.text}`], note }));
    await agent.replies(handoffId, offer_id ?? '', 'deliver', { delivery: { summary: note, output: OUTPUTS[id] ?? {}, criteria } });
  }

  describe('from the template of a research brief', () => {
    const [brief] = templates.filter(({ id }) => id === 'research-brief') as [Sample]; // it is in the table above
    let handoffId: string;

    it('is told at its field what is missing, and sees the packet before anything is sent', async () => {
      await ben.page.getByRole('navigation').getByRole('link', { name: 'Tasks' }).click();
      await ben.page.getByRole('link', { name: 'Give an agent a task' }).click();
      await choosesTemplate(brief.name);
      await field('How criterion 1 is checked').fill('');
      ben.expects(/status of 422/);
      await ben.button('Preview it').click();
      await ben.page.getByText('One thing is to be put right').waitFor();
      expect(await ben.faultOf(field('What is to be found out'))).toMatch(/question/);
      expect(await faultsOfView(ben)).toEqual([]);

      await fillsIn(brief);
      expect(await field(/^Goal/).inputValue()).toBe(`Answer: ${String(brief.example['question'])}`);
      await ben.button('Preview it').click();
      await ben.page.getByText('success_criteria[0].check', { exact: true }).waitFor();
      expect(await ben.faultOf(field('How criterion 1 is checked'))).toMatch(/check/);
      await field('How criterion 1 is checked').fill('Count its words');
      await field('What the agent should know').fill('We need 10,000 cups by May.');
      await ben.page.getByText('One agent that can was heard of lately.').waitFor();
      await takePicture(ben, 'desk-task', 900);

      await ben.button('Preview it').click();
      await ben.page.getByText('As it will be read. Nothing has been sent.').waitFor();
      expect(await region('What it is judged by').innerText()).toMatch(/at least 3 are named/);
      expect(await region('On which terms').innerText()).toMatch(/whoever can do research/);
      expect(await faultsOfView(ben)).toEqual([]);
      await ben.button('Change it').click();
      expect(await field('How criterion 1 is checked').inputValue()).toBe('Count its words');
      handoffId = await gives();
      await ben.page.getByRole('link', { name: 'All that agents have' }).click();
    });

    it('sees how far it is, and sends what is delivered back by criterion', async () => {
      const line = ben.page.getByRole('link', { name: /^Answer: Which suppliers/ });
      await region('Offered').getByText(brief.id).first().waitFor();
      const { offer_id: offer } = await agent.takes(handoffId);
      await agent.replies(handoffId, offer ?? '', 'progress', {
        text: 'Two of three sources are read.',
        decisions: [{ text: 'Bought a report.' }],
      });
      await region('Worked on').getByText('Two of three sources are read.').waitFor();
      await region('Worked on').getByText('Outside its rights').waitFor();
      expect(await faultsOfView(ben)).toEqual([]);
      await line.press('Enter');
      await ben.handoff.getByText('With all-rounder, round 1 of 3').waitFor();

      await delivers(handoffId, brief, 'Two suppliers were found.');
      await region('What it is judged by').getByText('Met', { exact: true }).first().waitFor();
      expect(await region('What it decided by itself').innerText()).toMatch(/Bought a report\./);
      await ben.page.getByText('It decided once outside its rights').waitFor();
      expect(await faultsOfView(ben)).toEqual([]);
      await ben.button('Request changes').click();
      await ben.page
        .getByRole('dialog')
        .getByRole('textbox', { name: /Each claim names a source/ })
        .fill('Name a third one.');
      await ben.page.getByRole('dialog').getByRole('button', { name: 'Send it back' }).click();
      expect(await agent.hears(handoffId, 'changes_requested')).toMatchObject({
        changes: [{ criterion_id: 'sourced', text: 'Name a third one.' }],
      });
      await ben.handoff.getByText('With all-rounder, round 2 of 3').waitFor();
    });

    it('accepts what is delivered then', async () => {
      await delivers(handoffId, brief, 'Three suppliers were found.');
      await ben.handoff.getByText(/^Delivery 2/).waitFor();
      await ben.button('Approve').click();
      await ben.button('Confirm approval').click();
      expect(await agent.decision(handoffId)).toMatchObject({ type: 'approve', packet_version: 3, decided_by: [{ subject: 'ben' }] });
    });
  });

  it.each(templates.filter(({ id }) => id !== 'research-brief').map((it) => [it.name, it] as const))(
    'gives a task of the type “%s”, and accepts what is delivered',
    async (_, template) => {
      await choosesTemplate(template.name);
      await fillsIn(template);
      const handoffId = await gives();
      await agent.takes(handoffId);
      await delivers(handoffId, template, 'Done.');
      await benHimself.reviews(handoffId, 2);
      await benHimself.answers(handoffId, { type: 'approve' });
      expect(await agent.decision(handoffId)).toMatchObject({ type: 'approve', action: { args: { output: OUTPUTS[template.id] } } });
    },
  );
});
