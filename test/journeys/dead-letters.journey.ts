import type { HandoffAccepted, JsonObject } from '@handoff/contracts';
import { eventually } from '@handoff/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { JourneySystem } from './support/journey-system.js';
import { runHandoff, type Ran } from './support/run-handoff.js';

let system: JourneySystem;
let feedback: pg.Client;

beforeAll(async () => {
  system = await JourneySystem.start({ replicas: 1 });
  feedback = new pg.Client({ connectionString: system.databaseUrlOf('feedback'), options: '-c search_path=feedback' });
  await feedback.connect();
});
afterAll(async () => {
  await feedback?.end();
  await system?.stop();
});

const runDlt = (of: JourneySystem, words: string): Promise<Ran> => runHandoff(of, `dlt ${words}`);

const listed = async (filter: string): Promise<readonly JsonObject[]> =>
  JSON.parse((await runDlt(system, `list ${filter} --json`)).out) as readonly JsonObject[];

const pagesFor = (text: string) =>
  system.catcher
    .messages()
    .filter((it) => it.kind === 'webhook' && it.name === 'fallback' && it.is_signed && JSON.stringify(it.body).includes(text));

describe('an event that a service cannot take', () => {
  let handoff: HandoffAccepted;
  let id: string;

  it('pages the fallback, and an operator finds it by the command', async () => {
    // A mistake in feedback's database: decisions have no room there.
    await feedback.query('ALTER TABLE decisions ADD CONSTRAINT mistake CHECK (false) NOT VALID');
    const agent = system.agent('refunds-agent');
    handoff = await agent.asks({ original_request: 'Refund \u202Eevil\u001b[2J now' });
    const ana = await system.person('ana');
    await ana.opens(handoff.handoff_id);
    await ana.answers(handoff.handoff_id, { type: 'respond', message: 'Look \u202Ehere' });
    await agent.decision(handoff.handoff_id);

    await eventually('the fallback is paged', () => pagesFor('handoff.decisions').length > 0, 40);
    const found = await listed('--service feedback --topic handoff.decisions');
    expect(found).toMatchObject([{ service: 'feedback', code: 'handler_failed', state: 'waiting', attempts: 0 }]);
    id = String(found[0]?.['id']);
    expect(JSON.stringify(pagesFor('handoff.decisions'))).toContain(id);

    const { out: report } = await runHandoff(system, 'doctor --watch 1s --json');
    expect((JSON.parse(report) as { readonly findings: readonly JsonObject[] }).findings).toContainEqual(
      expect.objectContaining({
        check: 'dead letters',
        severity: 'page',
        part: 'topic handoff.decisions',
        runbook: 'handoff-records-dead-lettered',
      }),
    );

    const { code, out, said } = await runDlt(system, 'list');
    expect({ code, said }).toEqual({ code: 0, said: '1 dead letter.\n' });
    expect(out).toMatch(new RegExp(`^${id}  feedback  handoff.decisions/\\d/\\d+  .*  waiting  handler_failed: .*mistake`));
  });

  it('is shown with its bytes, which do nothing to the terminal', async () => {
    const { code, out } = await runDlt(system, `show ${id}`);
    expect(code).toBe(0);
    for (const part of [handoff.handoff_id, 'ce_type: handoff.decisions.v1', 'Look [U+202E]here']) expect(out).toContain(part);
    expect(out).not.toMatch(/[\u202e\u001b]/);
  });

  it('fails again while what was wrong is still wrong', async () => {
    const { code, out } = await runDlt(system, `replay ${id}`);
    expect(code).toBe(1);
    expect(out).toContain('failed_again');
    expect(await listed('')).toMatchObject([{ id, state: 'waiting', attempts: 1, attempted_by: 'olga' }]);
  });

  it('is replayed by a filter only where that is confirmed, and then the agent hears', async () => {
    await feedback.query('ALTER TABLE decisions DROP CONSTRAINT mistake');
    expect(await runDlt(system, 'replay --topic handoff.decisions')).toMatchObject({ code: 2, out: '' });
    expect(await runDlt(system, 'replay --topic handoff.decisions --yes')).toMatchObject({ code: 0, out: `${id}  feedback  replayed\n` });
    expect(await system.agent('refunds-agent').feedback(handoff.handoff_id)).toMatchObject({ revision: 1 });
    expect(await listed('')).toEqual([]);
    expect(await runDlt(system, `replay ${id}`)).toMatchObject({ code: 1, out: expect.stringContaining('already_replayed: olga') });
  });

  it('that is an agent’s, refused with what was wrong, is listed and pages nobody', async () => {
    await system.agent('refunds-agent').publishes('{"task_id": \u202E');
    await eventually('listed', async () => (await listed('--topic handoff.escalations')).length === 1);
    const [letter] = await listed('--service intake');
    expect(letter).toMatchObject({ topic: 'handoff.escalations', code: 'unreadable', refused: true });
    expect(await runDlt(system, `replay ${String(letter?.['id'])}`)).toMatchObject({
      code: 1,
      out: expect.stringContaining('failed_again'),
    });
    expect(pagesFor('handoff.escalations')).toEqual([]);
  });

  it('that is not to be replayed is dismissed, and waits no more', async () => {
    const [letter] = await listed('--service intake');
    const unreadable = String(letter?.['id']);
    expect(await runDlt(system, `dismiss ${unreadable}`)).toMatchObject({ code: 0, out: `${unreadable}  intake  dismissed\n` });
    expect(await listed('')).toEqual([]);
    expect(await listed('--state dismissed')).toMatchObject([{ id: unreadable, state: 'dismissed', attempted_by: 'olga' }]);
    expect(await runDlt(system, `replay ${unreadable}`)).toMatchObject({
      code: 1,
      out: expect.stringContaining('already_dismissed: olga'),
    });
  });

  it('is not looked for where a service is away, and that is said', async () => {
    await system.service('routing').stop();
    const { code, said } = await runDlt(system, 'list');
    expect(code).toBe(1);
    expect(said).toContain('routing at http://127.0.0.1:');
    await system.service('routing').start();
  });
});
